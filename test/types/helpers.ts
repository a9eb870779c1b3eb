/** Whether two types are the same, `any` and optional properties included. */
export type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** Compiles only as `expectEqual<A, B>(true)` where both are the same type. */
export declare function expectEqual<A, B>(same: Equal<A, B>): void;

/** A class with a protected member, so that nothing else is taken for it. */
export declare class Todo {
  protected readonly title: string;
  add(title: string): void;
}

/** A value of any type. */
export declare function value<T>(): T;
