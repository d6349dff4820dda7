/** Loaded only where a server is wanted: the libraries behind it take longer to load than other commands to run. */
export { startServer } from "#server";
