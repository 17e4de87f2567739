/** Which member of a result union an outcome is: a use case says so by `__typename`. */
export const typeOfOutcome = (outcome: object): string => (outcome as { __typename: string }).__typename;
