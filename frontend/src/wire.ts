// The channel between a view and its session in the kernel: requests with answers, and what the session tells by itself.

/** The part of an anywidget model that views use. */
export interface Model {
  get(key: string): unknown;
  set(key: string, value: unknown): void;
  save_changes(): void;
  // biome-ignore lint/suspicious/noExplicitAny: the events of a model carry different things
  on(event: string, callback: (...args: any[]) => void): void;
  // biome-ignore lint/suspicious/noExplicitAny: the events of a model carry different things
  off(event: string, callback?: ((...args: any[]) => void) | null): void;
  send(content: object, callbacks?: unknown, buffers?: ArrayBuffer[]): void;
}

export interface Message {
  kind: string;
  req?: string;
  [key: string]: unknown;
}

export interface Answer {
  content: Message;
  buffers: DataView[];
}

/** What the kernel said instead of doing it: a sentence for the person. */
export class Refused extends Error {
  constructor(
    message: string,
    /** Nothing is wrong with what was asked: the disk refused, and may take it later. */
    readonly again = false,
  ) {
    super(message);
  }
}

/** No answer came in time: the kernel or the connection is gone. */
export class Silent extends Error {}

interface Waiting {
  resolve(answer: Answer): void;
  reject(fault: Error): void;
  timer: ReturnType<typeof setTimeout>;
}

/** Milliseconds after which a request counts as lost, unless it names another time. */
export const PATIENCE_MS = 8000;

export class Wire {
  private waiting = new Map<string, Waiting>();
  private listeners = new Set<(message: Message, buffers: DataView[]) => void>();
  private count = 0;
  private readonly name = Math.random().toString(36).slice(2, 8);

  constructor(private readonly model: Model) {
    this.hear = this.hear.bind(this);
    model.on("msg:custom", this.hear);
  }

  /** Ask the session for something; the answer repeats the request's name. */
  request(kind: string, content: object = {}, buffers: ArrayBuffer[] = [], patience = PATIENCE_MS): Promise<Answer> {
    const req = `${this.name}-${++this.count}`;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.lose(req), patience);
      this.waiting.set(req, { resolve, reject, timer });
      try {
        this.model.send({ kind, req, ...content }, undefined, buffers);
      } catch {
        this.lose(req);
      }
    });
  }

  /** Be told of what the session says by itself; gives the function that ends this. */
  listen(listener: (message: Message, buffers: DataView[]) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  close(): void {
    this.model.off("msg:custom", this.hear);
    for (const req of [...this.waiting.keys()]) this.lose(req);
    this.listeners.clear();
  }

  private lose(req: string): void {
    const waiting = this.take(req);
    waiting?.reject(new Silent(req));
  }

  private take(req: string): Waiting | undefined {
    const waiting = this.waiting.get(req);
    if (waiting) clearTimeout(waiting.timer);
    this.waiting.delete(req);
    return waiting;
  }

  private hear(content: Message, buffers: DataView[] = []): void {
    if (content.req === undefined || content.req === null) {
      for (const listener of this.listeners) listener(content, buffers);
      return;
    }
    const waiting = this.take(content.req);
    if (content.kind === "refused") waiting?.reject(new Refused(String(content.message), content.again === true));
    else waiting?.resolve({ content, buffers });
  }
}
