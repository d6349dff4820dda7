import "@fontsource/be-vietnam-pro/400.css";
import "@fontsource/be-vietnam-pro/500.css";
import "@fontsource/be-vietnam-pro/600.css";
import "@fontsource/be-vietnam-pro/700.css";
import "@fontsource/tinos/400.css";
import "@fontsource/tinos/400-italic.css";
import "@fontsource/tinos/700.css";
import "@fontsource/tinos/700-italic.css";
import "./style/tokens.css";
import "./style/base.css";
import { openOffline, startClient } from "./index.ts";

const mount = document.getElementById("root");
if (mount) void startClient(mount);
if (import.meta.env.PROD) void openOffline();
