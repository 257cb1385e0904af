package io.creditrefresh.planner.imports;

/**
 * What an import has done so far, in rows.
 *
 * @param imported users that are new; in a dry run: that would be
 * @param already users that were subscribers before, and are left as they are
 * @param bad rows with a bad value, or of a user who is also on an earlier line
 */
public record ImportCounts(long imported, long already, long bad) {

    static final ImportCounts NONE = new ImportCounts(0, 0, 0);

    public long rows() {
        return imported + already + bad;
    }

    ImportCounts plus(ImportCounts other) {
        return new ImportCounts(imported + other.imported, already + other.already, bad + other.bad);
    }
}
