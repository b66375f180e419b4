/** The same for require. */
for (const name of process.argv.slice(2)) require(name);
console.log(Object.keys(require.cache).join('\n'));
