import { existsSync } from 'node:fs';
import { posix } from 'node:path';
import { type Rule, root } from '../source.js';

const CODE_SPAN = /`([^`\n]+)`/g;
const LINK = /\]\(([^)\s#]+)(?:#[^)]*)?\)/g;
const PROJECT_PATH = /^(?:src|test|docs|examples|bench|proto|scripts|\.ci)\/[\w./-]*$/;
/** A placeholder of a path, for a venue that the reader will add. */
const PLACEHOLDER = /acme/;

/** Paths in back-ticks and relative links of the documents lead somewhere. */
export const namesExistingPaths: Rule = (files) =>
  files.flatMap(({ path, text }) => {
    const named = [...text.matchAll(CODE_SPAN)].map(([, span = '']) => span).filter((span) => PROJECT_PATH.test(span));
    const linked = [...text.matchAll(LINK)]
      .map(([, link = '']) => link)
      .filter((link) => !/^[a-z]+:/.test(link))
      .map((link) => posix.join(posix.dirname(path), link));
    return [...named, ...linked]
      .filter((target) => !PLACEHOLDER.test(target) && !existsSync(root + target))
      .map((target) => `${path}: ${target} does not exist`);
  });
