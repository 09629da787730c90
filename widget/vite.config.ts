import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { members } from "./scripts/members";
import { squeeze } from "./scripts/squeeze";

// One file for one script tag. Written into the Python package, so that whoever runs Stridewell needs no node.
export default defineConfig({
  plugins: [squeeze()],
  build: {
    target: "es2022",
    outDir: "../bot/channel/static",
    emptyOutDir: false,
    copyPublicDir: false,
    reportCompressedSize: false,
    lib: { entry: "src/main.ts", formats: ["iife"], name: "Stridewell", fileName: () => "stridewell.js" },
    minify: "terser",
    terserOptions: {
      ecma: 2020,
      compress: { passes: 3 },
      mangle: { properties: { regex: members(fileURLToPath(new URL("src", import.meta.url))) } },
      format: { comments: false },
    },
  },
  test: { environment: "happy-dom", include: ["tests/**/*.test.ts"] },
});
