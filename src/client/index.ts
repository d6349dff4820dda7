export { startClient } from "./app/start.tsx";
export { openOffline } from "./offline/register.ts";
