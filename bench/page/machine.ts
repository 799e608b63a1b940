/** What a browser tells of itself. */
import { version } from "../../package.json";
import type { Machine } from "../results.ts";
import type { Surroundings } from "./tasks.ts";

/** In Chromium and its kin; TypeScript does not know it. */
interface AgentData {
  readonly brands: readonly { readonly brand: string; readonly version: string }[];
  readonly platform: string;
}

/**
 * In the text that all browsers have, the name to look for; most also claim to be those below them.
 */
const RUNTIMES = [
  ["Edg", "Edge"],
  ["OPR", "Opera"],
  ["Firefox", "Firefox"],
  ["Chrome", "Chromium"],
  ["Version", "Safari"],
] as const;

function runtimeOf(agent: string, data: AgentData | undefined): string {
  const brand = data?.brands.find((one) => !/not.?a.?brand/i.test(one.brand));
  if (brand) return `${brand.brand} ${brand.version}`;
  for (const [mark, name] of RUNTIMES) {
    const found = new RegExp(`${mark}/(\\d+)`).exec(agent);
    if (found) return `${name} ${found[1]}`;
  }
  return "unknown browser";
}

function engineOf(agent: string): string {
  if (/Chrome\//.test(agent)) return "V8";
  if (/Firefox\//.test(agent)) return "SpiderMonkey";
  return /AppleWebKit\//.test(agent) ? "JavaScriptCore" : "unknown";
}

export function machineOf({ backend, clockStepMs }: Surroundings): Machine {
  const data = (navigator as { readonly userAgentData?: AgentData }).userAgentData;
  return {
    cpu: "unknown",
    cores: navigator.hardwareConcurrency,
    os: data?.platform || /\(([^;)]+)/.exec(navigator.userAgent)?.[1] || "unknown",
    arch: "unknown",
    runtime: runtimeOf(navigator.userAgent, data),
    engine: engineOf(navigator.userAgent),
    package: version,
    date: new Date().toISOString(),
    clockStepMs,
    backend,
  };
}
