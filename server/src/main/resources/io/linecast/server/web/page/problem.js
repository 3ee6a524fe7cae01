// What a server's refusal says: a problem document (RFC 9457) where there is one.

import { clip, visible } from './text.js';

/** The text for a reader, and in how many seconds to try again where the server says so. */
export async function problemOf(answer) {
  const body = await answer.text().catch(() => '');
  return describeProblem({
    status: answer.status,
    statusText: answer.statusText,
    isProblem: /^application\/(problem\+)?json\b/.test(answer.headers.get('Content-Type') ?? ''),
    retryAfter: answer.headers.get('Retry-After'),
    body,
  });
}

/** Why a stream of events was refused: an `EventSource` does not tell. */
export async function refusalOf(url, session) {
  const ask = new AbortController();
  try {
    const headers = session.headers({ Accept: 'text/event-stream' });
    const answer = await fetch(url, { headers, signal: ask.signal });
    // It is well again; the next try will find that too.
    return answer.ok ? { status: answer.status, text: 'The connection was closed.' } : await problemOf(answer);
  } catch {
    return { status: 0, text: 'The server does not answer.' };
  } finally {
    ask.abort();
  }
}

export function describeProblem({ status, statusText, isProblem, retryAfter, body }) {
  const problem = isProblem ? parsed(body) : {};
  const title = textOf(problem.title) || statusText || 'The server refused';
  const detail = textOf(problem.detail);
  const retryAfterSeconds = /^[0-9]{1,6}$/.test(retryAfter ?? '') ? Number(retryAfter) : null;
  const again = retryAfterSeconds === null ? '' : ` Try again in ${retryAfterSeconds} s.`;
  const sentence = detail === '' || detail === title ? title : `${title}: ${detail}`;
  return { status, text: `${ended(sentence)} (${status})${again}`, retryAfterSeconds };
}

function parsed(body) {
  try {
    return JSON.parse(body) ?? {};
  } catch {
    return {};
  }
}

function textOf(value) {
  return typeof value === 'string' ? visible(clip(value.trim(), 500).text) : '';
}

function ended(sentence) {
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}
