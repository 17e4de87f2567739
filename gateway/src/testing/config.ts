// Apollo's gateway, which some tests compare with, would call home
process.env.APOLLO_TELEMETRY_DISABLED = 'true';

/** What a program that a test starts needs to find other programs. */
export const { PATH } = process.env;
