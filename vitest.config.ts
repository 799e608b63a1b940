import { defineConfig } from "vitest/config";

/**
 * Tests import the built package by its name, as users do; the table and its facts they import from src/, over the plain engine,
 * which needs no build.
 */
export default defineConfig({
  define: { ABOUT: "true" },
  resolve: { conditions: ["plain-js"] },
  ssr: { resolve: { conditions: ["plain-js"] } },
  test: { include: ["test/**/*.test.ts"], testTimeout: 60_000 },
});
