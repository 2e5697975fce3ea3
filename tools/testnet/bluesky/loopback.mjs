import { Server } from 'node:net';

// The servers of the network listen on every interface of the machine; a test's network is nobody else's business.
const listen = Server.prototype.listen;

/** @param {any[]} args @this {Server} */
Server.prototype.listen = function (...args) {
  const [first, ...rest] = args;
  if (typeof first === 'number' || typeof first === 'string') {
    const callback = rest.find(argument => typeof argument === 'function');
    return listen.call(this, { port: Number(first), host: '127.0.0.1' }, callback);
  }
  if (typeof first === 'object' && first !== null && first.path === undefined) {
    return listen.call(this, { ...first, host: '127.0.0.1' }, ...rest);
  }
  return listen.apply(this, /** @type {any} */ (args));
};
