/** The door to the file system through which a file log goes. Paths are the log's; failures reject with the system's error. */
export interface LogDisk {
  /** Keeps other writers away until released. @throws {ConfigurationError} when one is there. */
  lock(path: string): Promise<LogLock>;
  /** The whole content; `undefined` when there is no such file. */
  read(path: string): Promise<Uint8Array | undefined>;
  /** Puts a file of this content in place of the old one, all or nothing, durable when it resolves. */
  replace(path: string, content: Uint8Array): Promise<void>;
  /** Opens an existing file for appending. */
  append(path: string): Promise<LogFile>;
}

export interface LogFile {
  /** Rejects when not all bytes were taken. */
  write(bytes: Uint8Array): Promise<void>;
  /** Resolves when what was written survives a loss of power. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

export interface LogLock {
  release(): Promise<void>;
}
