/**
 * The answers, frozen and plain: they can be sent as JSON.
 * @module
 */

import type { Category, Checked, Classification, Issue, OutcomeKey } from "kaireon-outcomes";
import type { Interactions } from "./interactions.js";

/** A key that a definition names, and where. */
export interface Reference {
  /** The key. */
  readonly key: OutcomeKey;
  /** The way to it; empty where it stands nowhere in the document. */
  readonly path: readonly (string | number)[];
}

/** A row that was left out. */
export interface LeftOut {
  /** Its place in the list, from 0. */
  readonly index?: number;
  /** Of lines: its number, from 1; */
  readonly line?: number;
  /** where it begins, in bytes from the start; */
  readonly offset?: number;
  /** and its length in bytes. */
  readonly length?: number;
  /** Every reason; at least one. */
  readonly issues: readonly [Issue, ...Issue[]];
  /** What is worth a look besides. */
  readonly warnings: readonly Issue[];
}

/** What came of reading: the good rows; a bad one never costs the others. */
export type InteractionsRead = Checked<Interactions> & {
  /** How many rows were left out. */
  readonly leftOut: number;
  /** The first hundred of them (`maxIssues`), with the reasons. */
  readonly refused: readonly LeftOut[];
};

/** The report: how many interactions there are of what. */
export interface Tally {
  /** All of them. */
  readonly total: number;
  /** Of each registered key that there is any of, in the registry's order. */
  readonly keys: readonly TallyCount[];
  /** By classification; retired types count under their last one. */
  readonly classification: { readonly [Word in Classification]: number };
  /** By category. */
  readonly category: { readonly [Word in Category]: number };
  /** How many have keys of retired types. */
  readonly retired: number;
  /** Those whose keys are not registered: in neither a classification nor a category. */
  readonly unknown: {
    /** All of them. */
    readonly total: number;
    /** Of each such key, in the order met, with what was probably meant. */
    readonly keys: readonly { readonly key: string; readonly count: number; readonly suggestion?: OutcomeKey }[];
  };
}

/** How many interactions have one key. */
export interface TallyCount {
  /** The key. */
  readonly key: OutcomeKey;
  /** How many. */
  readonly count: number;
  /** What the type says about the customer's interest. */
  readonly classification: Classification;
  /** Whether the customer was shown something or did something. */
  readonly category: Category;
  /** Whether the type is retired. */
  readonly retired: boolean;
}

/** What a contact policy says of a candidate. */
export interface Suppression {
  /** Whether it suppresses; `null` where that cannot be told. */
  readonly suppressed: boolean | null;
  /** The member, of the policy or the candidate, by which it cannot be told or the policy does nothing. */
  readonly reason?: string;
  /** The interaction because of which: the last that counts. */
  readonly since?: {
    /** Its place in the log, from 0. */
    readonly row: number;
    /** When it was: milliseconds since 1970. */
    readonly at: number;
    /** Its outcome. */
    readonly outcome: OutcomeKey;
  };
  /** The first moment at which it suppresses no more: milliseconds since 1970. */
  readonly until?: number;
}

/** What a behavioral metric comes to. */
export interface Metric {
  /** The member of the definition because of which there is no figure; there are no groups then. */
  readonly reason?: string;
  /** A figure for each group; one where there are no dimensions. */
  readonly groups: readonly MetricGroup[];
}

/** One group of a metric. */
export interface MetricGroup {
  /** What its rows have in common, by dimension; `null` where they have none. */
  readonly by: { readonly [dimension: string]: string | null };
  /** How many rows there are of what is counted. */
  readonly count: number;
  /** The figure; `null` where there is none. */
  readonly value: number | null;
}

/** What an experiment says. */
export interface Experiment {
  /** The variant that the others are held against; `null` without one. */
  readonly control: string | null;
  /** The variants, in the order met. */
  readonly variants: readonly Variant[];
  /** How many exposures have no variant. */
  readonly unassigned: number;
  /** How many customers saw more than one. */
  readonly mixed: number;
}

/** One variant. */
export interface Variant {
  /** Its name. */
  readonly variant: string;
  /** How many were exposed. */
  readonly exposed: number;
  /** How many converted. */
  readonly converted: number;
  /** The part of them. */
  readonly rate: number | null;
  /** Where that lies at 95 % (Wilson): the lower end, */
  readonly low: number | null;
  /** and the upper one. */
  readonly high: number | null;
  /** Whether it is too small to say anything. */
  readonly small: boolean;
  /** What it is against the control; `null` of the control itself. */
  readonly uplift: Uplift | null;
}

/** A variant against the control. */
export interface Uplift {
  /** The difference of the rates. */
  readonly absolute: number | null;
  /** The same as a part of the control's. */
  readonly relative: number | null;
  /** The pooled two-proportion z, */
  readonly z: number | null;
  /** and its two-sided p. */
  readonly p: number | null;
  /** Whether there are too few for these to be relied on. */
  readonly small: boolean;
}
