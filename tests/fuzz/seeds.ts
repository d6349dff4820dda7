/** Seeds that once broke a law, each with what was wrong then. They are run first, for ever. */
export const FROZEN: readonly { readonly seed: number; readonly was: string }[] = [
  { seed: 4, was: "undo during a composition changed the text but not the view" },
  {
    seed: 152,
    was: "the guard refused to delete the first block of a section, because its opening was replaced along",
  },
  { seed: 410, was: "two people undid the same deletion one after the other, and the words stood there twice" },
  { seed: 3350, was: "half a surrogate pair was taken for restored, and undo cut the pair" },
  { seed: 13267, was: "words doubled by two undos at once, deleted together, came back together: the count was wrong" },
];
