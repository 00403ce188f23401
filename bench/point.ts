/** One thing that is asked for again and again. */
export interface Point {
  readonly actor: string
  readonly name: string
  /** Makes so many of what `ask` uses up; not measured. */
  readonly ready?: (count: number) => Promise<void>
  /** The worker goes on with it after the answer: that is measured apart. */
  readonly writes?: true
  /** One request, or the few that make one step; gives the page that is looked at, '' where there is none. */
  readonly ask: () => Promise<string>
}
