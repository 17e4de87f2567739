/** The e-mail address or the password is wrong; which of them is not told. */
export interface InvalidCredentials {
  __typename: 'InvalidCredentials';
  message: string;
}

/** Too many wrong passwords for this e-mail address. `retryAfter` is in seconds. */
export interface TooManyAttempts {
  __typename: 'TooManyAttempts';
  message: string;
  retryAfter: number;
}

export interface WeakPassword {
  __typename: 'WeakPassword';
  message: string;
}

export const invalidCredentials = (): InvalidCredentials => ({
  __typename: 'InvalidCredentials',
  message: 'The e-mail address or the password is not right.',
});

export const tooManyAttempts = (retryAfter: number): TooManyAttempts => ({
  __typename: 'TooManyAttempts',
  message: `Too many wrong passwords. Try again in ${Math.ceil(retryAfter / 60)} min.`,
  retryAfter,
});

export const weakPassword = (message: string): WeakPassword => ({ __typename: 'WeakPassword', message });
