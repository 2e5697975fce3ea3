/**
 * The one release of the Temporal CLI, with its development server, that the project runs on whichever route it
 * comes by. The database file carries the number, because an older server can't read a newer one's schema.
 */
export const temporalVersion = '1.8.2';

/** SHA-256 of the release's executable for `platform-architecture`, as Node names them. */
export const executableHashes: Readonly<Record<string, string>> = {
  'linux-x64': '95e6043afbbcf71137d3c953e83969e24217ca746bf535dbde561fed83a188e9',
  'linux-arm64': '13b951331692851476ce087a2a63e56fcf9f6ec65434ae18560c902f92b1d97b',
  'darwin-arm64': 'e16fc1396c19f87e29e453a78b6be62249397fea06ed0207d1c5f205eb5042bb',
  'darwin-x64': '36e14609a3bc8eb96eecc50d89e73f8ea9f12855ad4148a88a6f91930fb16239',
};
