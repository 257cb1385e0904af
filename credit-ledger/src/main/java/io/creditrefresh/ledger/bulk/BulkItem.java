package io.creditrefresh.ledger.bulk;

/**
 * One account of a job.
 *
 * @param refreshSeq of the refresh to be taken back; 0 if there is none to take
 */
public record BulkItem(long accountId, long refreshSeq) {}
