/**
 * The parts of the program and what each may import: the one table from which the lint rules are made and against
 * which the tsconfigs and ARCHITECTURE.md are checked.
 */
export interface Part {
  readonly name: string;
  /** Parts it may import, by their doors. */
  readonly parts: readonly string[];
  /** Packages it may import, as lint patterns. */
  readonly packages: readonly string[];
  /** True where neither clock nor chance may be read: ids and times come in as arguments. */
  readonly pure: boolean;
}

export const PARTS: readonly Part[] = [
  { name: "model", parts: [], packages: ["prosemirror-model"], pure: true },
  { name: "protocol", parts: ["model"], packages: ["zod"], pure: true },
  {
    name: "collab",
    parts: ["model"],
    packages: ["yjs", "lib0/**", "y-protocols/**", "prosemirror-model", "fflate"],
    pure: true,
  },
  { name: "comments", parts: ["model", "collab"], packages: ["yjs", "lib0/**"], pure: true },
  { name: "docx", parts: ["model"], packages: ["docx", "fflate", "saxes"], pure: true },
  {
    name: "editor",
    parts: ["model", "collab", "comments"],
    packages: ["prosemirror-*", "yjs", "lib0/**", "y-protocols/**", "@floating-ui/dom", "iconv-lite"],
    pure: false,
  },
  {
    name: "server",
    parts: ["model", "protocol", "collab", "comments", "docx"],
    packages: [
      "node:*",
      "node:*/**",
      "yjs",
      "lib0/**",
      "y-protocols/**",
      "@hocuspocus/server",
      "fastify",
      "@fastify/*",
      "ws",
      "kysely",
      "@photostructure/sqlite",
      "ajv",
      "ajv/**",
      "ajv-formats",
      "zod",
    ],
    pure: false,
  },
  {
    name: "client",
    parts: ["model", "protocol", "collab", "comments", "editor"],
    packages: [
      "react",
      "react/**",
      "react-dom/**",
      "@base-ui/react",
      "@base-ui/react/**",
      "lucide-react",
      "lucide-react/**",
      "i18next",
      "react-i18next",
      "yjs",
      "lib0/**",
      "y-protocols/**",
      "@hocuspocus/provider",
      "qrcode",
      "diff",
      "@floating-ui/dom",
      "@fontsource/**",
    ],
    pure: false,
  },
  {
    name: "cli",
    parts: ["model", "collab", "comments", "docx", "server"],
    packages: ["node:*", "node:*/**"],
    pure: false,
  },
];

/** The lint overrides that hold the walls: doors only, arrows only, listed packages only, purity where it is owed. */
export function lintOverrides(): object[] {
  return PARTS.map((part) => ({
    files: [`src/${part.name}/**`],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            {
              group: [
                "**",
                "!./**",
                "!../**",
                ...part.packages.map((name) => `!${name}`),
                ...part.parts.map((name) => `!#${name}`),
                // Round the door: a relative path that leaves the part and enters another.
                ...PARTS.filter((other) => other !== part).flatMap((other) => [
                  `../${other.name}/**`,
                  `../../${other.name}/**`,
                  `../../../${other.name}/**`,
                ]),
              ],
              message: `${part.name} may import only: ${[...part.packages, ...part.parts.map((name) => `#${name}`)].join(", ")}.`,
            },
          ],
        },
      ],
      ...(part.pure
        ? {
            "no-restricted-properties": [
              "error",
              { object: "Math", property: "random", message: "Chance comes in as an argument." },
              { object: "Date", property: "now", message: "Time comes in as an argument." },
            ],
          }
        : {}),
    },
  }));
}

/** The whole of .oxlintrc.json. */
export function lintConfiguration(): object {
  return {
    plugins: ["typescript", "unicorn", "oxc", "import", "promise", "node", "react", "jsx-a11y"],
    categories: { correctness: "error", suspicious: "error" },
    options: { typeAware: true },
    ignorePatterns: ["dist", "data", "node_modules"],
    rules: {
      "import/no-cycle": ["error", { ignoreTypes: false }],
      "import/no-unassigned-import": "off",
      "react/react-in-jsx-scope": "off",
      // A live region or a bar drawn by hand is as good as the tag, and can be styled.
      "jsx-a11y/prefer-tag-over-role": "off",
      // The items of a feed take the focus and keys without being controls (WAI-ARIA, feed pattern).
      "jsx-a11y/no-noninteractive-element-interactions": "off",
      "jsx-a11y/no-noninteractive-tabindex": "off",
      "max-lines": ["error", { max: 500, skipComments: true, skipBlankLines: true }],
      "typescript/no-explicit-any": "error",
      "typescript/no-floating-promises": "error",
      "typescript/no-misused-promises": "off",
      // Names such as `import` and `export` of commands shadow nothing that matters here; short inner names are the style of the field.
      "no-shadow": "off",
      "unicorn/no-array-sort": "off",
      "unicorn/no-array-reverse": "off",
      "unicorn/consistent-function-scoping": "off",
      "typescript/no-unsafe-type-assertion": "off",
      "no-underscore-dangle": "off",
      // tsc's noImplicitReturns knows exhaustive switches; this rule does not.
      "typescript/consistent-return": "off",
      "no-await-in-loop": "off",
    },
    overrides: [...lintOverrides(), { files: ["tests/**"], rules: { "typescript/unbound-method": "off" } }],
  };
}
