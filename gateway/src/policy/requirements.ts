import type { Viewer } from '@plaza/platform/viewer';
import {
  getNamedType,
  isAbstractType,
  valueFromASTUntyped,
  type ConstDirectiveNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';

/** What a field or type asks of the viewer. In `scopes` and `policies` one inner list must be fulfilled whole. */
export interface Requirement {
  authenticated: boolean;
  scopes: string[][][];
  policies: string[][][];
}

interface Annotated {
  astNode?: { directives?: readonly ConstDirectiveNode[] | undefined } | null | undefined;
}

/** Reads @authenticated, @requiresScopes and @policy from the supergraph, once for each field and type. */
export class Requirements {
  private readonly ofFields = new Map<string, Requirement[]>();

  constructor(private readonly supergraph: GraphQLSchema) {}

  /** What must hold to select `fieldName` on `typeName`: the field's own, its result's, and every implementation's. */
  ofField(typeName: string, fieldName: string): Requirement[] {
    const key = `${typeName}.${fieldName}`;
    let found = this.ofFields.get(key);
    if (!found) {
      found = this.readField(typeName, fieldName);
      this.ofFields.set(key, found);
    }
    return found;
  }

  /** What must hold to ask for objects of a type by a fragment. */
  ofType(typeName: string): Requirement[] {
    const type = this.supergraph.getType(typeName);
    return type ? read(type) : [];
  }

  private readField(typeName: string, fieldName: string): Requirement[] {
    const type = this.supergraph.getType(typeName);
    if (!type || !('getFields' in type)) return [];
    const field = type.getFields()[fieldName] as GraphQLField<unknown, unknown> | undefined;
    if (!field) return [];
    const own = [...read(field), ...read(getNamedType(field.type) as GraphQLNamedType)];
    // through an interface a field reaches every implementation
    const implementations = isAbstractType(type) ? this.supergraph.getPossibleTypes(type) : [];
    return [...own, ...implementations.flatMap((member) => this.readMember(member, fieldName))];
  }

  private readMember(member: GraphQLCompositeType, fieldName: string): Requirement[] {
    return [...read(member), ...this.readField(member.name, fieldName)];
  }
}

function read(node: Annotated): Requirement[] {
  const requirement: Requirement = { authenticated: false, scopes: [], policies: [] };
  for (const directive of node.astNode?.directives ?? []) {
    const argument = directive.arguments?.[0];
    if (directive.name.value === 'authenticated') requirement.authenticated = true;
    else if (directive.name.value === 'requiresScopes' && argument) {
      requirement.scopes.push(valueFromASTUntyped(argument.value) as string[][]);
    } else if (directive.name.value === 'policy' && argument) {
      requirement.policies.push(valueFromASTUntyped(argument.value) as string[][]);
    }
  }
  const { authenticated, scopes, policies } = requirement;
  return authenticated || scopes.length > 0 || policies.length > 0 ? [requirement] : [];
}

/** True when the viewer fulfils the requirement. Nobody has policies yet: what asks for one stays closed. */
export function isFulfilled(
  { authenticated, scopes, policies }: Requirement,
  viewer: Viewer | null,
): boolean {
  if (policies.length > 0) return false;
  if (authenticated && !viewer) return false;
  const granted: readonly string[] = viewer?.scopes ?? [];
  return scopes.every((choices) => choices.some((all) => all.every((scope) => granted.includes(scope))));
}
