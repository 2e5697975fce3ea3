import { parseHTML } from 'linkedom';

/** What the page needs of a node; linkedom's fit it. */
export interface PageNode {
  readonly nodeType: number;
  readonly textContent: string | null;
}

export interface PageElement extends PageNode {
  readonly localName: string;
  readonly attributes: Iterable<{ name: string; value: string }>;
  readonly childNodes: Iterable<PageNode>;
  getAttribute(name: string): string | null;
  setAttribute(name: string, value: string): void;
  removeAttribute(name: string): void;
  append(...children: (PageNode | string)[]): void;
}

export interface PageDocument {
  createElement(name: string): PageElement;
  createElementNS(namespace: string, name: string): PageElement;
}

export type Attributes = Readonly<Record<string, string | number | undefined>>;
export type Child = PageNode | string | undefined | readonly Child[];

/** Makes an element of the page: `make('p', { class: 'lead' }, 'text', …)`. Texts are text, whatever they hold. */
export type Make = (name: string, attributes?: Attributes, ...children: Child[]) => PageElement;

/** An empty document, which is there to make nodes. */
export function newDocument(): PageDocument {
  return parseHTML('<!doctype html><html><head></head><body></body></html>')
    .document as unknown as PageDocument;
}

export function makerOf(document: PageDocument): Make {
  return (name, attributes = {}, ...children) => {
    const element = document.createElement(name);
    for (const [attribute, value] of Object.entries(attributes)) {
      if (value !== undefined) element.setAttribute(attribute, String(value));
    }
    append(element, children);
    return element;
  };
}

function append(element: PageElement, children: readonly Child[]): void {
  for (const child of children) {
    if (child === undefined) continue;
    if (Array.isArray(child)) append(element, child as readonly Child[]);
    else element.append(child as PageNode | string);
  }
}
