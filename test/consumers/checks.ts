/** All checks, in the order of the table. */
import { browsers } from "./browsers.ts";
import { bundlers } from "./bundlers.ts";
import type { Check } from "./check.ts";
import { hosts } from "./hosts.ts";
import { nodes } from "./nodes.ts";
import { runners } from "./runners.ts";
import { types } from "./types.ts";
import { users } from "./users.ts";

export const titleOf = ({ group, name }: Pick<Check, "group" | "name">) => `${group}: ${name}`;

export const CHECKS: readonly Check[] = [...nodes, ...browsers, ...runners, ...hosts, ...bundlers, ...types, ...users];

/** These take too long: run them by hand. */
export const NOT_IN_CI: readonly string[] = ["Node: AArch64", "Bundlers: Next"];
