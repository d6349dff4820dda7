export { startClient } from "./app/start.tsx";
