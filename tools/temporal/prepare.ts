import { setTimeout as delay } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import proto from '@temporalio/proto';
import { FatalError, messageOf } from '../../contracts/errors.ts';
import { channelArguments } from './channel.ts';

const { IndexedValueType } = proto.temporal.api.enums.v1;

/** The types of search attributes, as Temporal's command line spells them. */
export type SearchAttributeType = 'Bool' | 'Datetime' | 'Double' | 'Int' | 'Keyword' | 'KeywordList' | 'Text';

const indexedTypes: Record<SearchAttributeType, number> = {
  Bool: IndexedValueType.INDEXED_VALUE_TYPE_BOOL,
  Datetime: IndexedValueType.INDEXED_VALUE_TYPE_DATETIME,
  Double: IndexedValueType.INDEXED_VALUE_TYPE_DOUBLE,
  Int: IndexedValueType.INDEXED_VALUE_TYPE_INT,
  Keyword: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
  KeywordList: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD_LIST,
  Text: IndexedValueType.INDEXED_VALUE_TYPE_TEXT,
};

const namespace = 'default';
/** Finished runs stay visible for 30 days; the server's own default is one. */
const retentionSeconds = 720 * 3600;

/**
 * Bring the embedded server's namespace `default` to 30 days of retention and to the given search attributes.
 * Does nothing where all is so already (two calls, 10 ms). Returns when the attributes can be used: until then a
 * workflow started with one would hang for ever.
 * @param address `host:port`
 * @throws {FatalError} when an attribute exists with another type
 */
export async function prepareServer(
  address: string,
  attributes: Record<string, SearchAttributeType>,
): Promise<void> {
  const connection = await Connection.connect({ address, channelArgs: channelArguments });
  try {
    await keepRuns(connection);
    await registerAttributes(connection, attributes);
  } finally {
    await connection.close();
  }
}

async function keepRuns({ workflowService }: Connection): Promise<void> {
  const { config } = await workflowService.describeNamespace({ namespace });
  if (Number(config?.workflowExecutionRetentionTtl?.seconds ?? 0) === retentionSeconds) return;
  const workflowExecutionRetentionTtl = { seconds: retentionSeconds as never };
  await workflowService.updateNamespace({ namespace, config: { workflowExecutionRetentionTtl } });
}

async function registerAttributes(
  connection: Connection,
  attributes: Record<string, SearchAttributeType>,
): Promise<void> {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  const missing: Record<string, number> = {};
  for (const [name, type] of Object.entries(attributes)) {
    const found = customAttributes[name];
    if (found === undefined) missing[name] = indexedTypes[type];
    else if (found !== indexedTypes[type]) {
      throw new FatalError(
        `the Temporal server knows the search attribute ${name} with another type than ${type}`,
        {
          next: "remove the server's database file; it will be made anew (the record of past runs in it is lost, no table is)",
        },
      );
    }
  }
  if (Object.keys(missing).length === 0) return;
  await connection.operatorService.addSearchAttributes({ namespace, searchAttributes: missing });
  await waitUntilKnown(connection, Object.keys(missing));
}

/** The server's parts learn of new attributes a moment later; a query that names them all is refused until then. */
async function waitUntilKnown({ workflowService }: Connection, names: string[]): Promise<void> {
  const query = names.map(name => `\`${name}\` IS NULL`).join(' AND ');
  const until = Date.now() + 20_000;
  for (;;) {
    try {
      await workflowService.countWorkflowExecutions({ namespace, query });
      return;
    } catch (error) {
      if (Date.now() > until)
        throw new Error(`search attributes are not taken up: ${messageOf(error)}`, { cause: error });
      await delay(20);
    }
  }
}
