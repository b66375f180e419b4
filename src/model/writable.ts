/** For what is built field by field and read-only afterwards: spreading what may be absent is slow. */
export type Writable<T> = { -readonly [Name in keyof T]: T[Name] };
