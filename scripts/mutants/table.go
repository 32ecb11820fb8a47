package main

const (
	cliTests   = "./internal/cli"
	faultTests = "./scripts/faults"
)

// mutants are the breaks, by promise.
var mutants = []mutant{
	{"no fsync of folders", "P1 P2", "publish/system_other.go", "errors.Join(d.Sync(), d.Close())", "errors.Join(d.Close())", faultTests, "TestFaults/^R3$"},
	{"no fsync of lists", "P1 P2", "publish/file.go", "\t\terr = f.f.Sync()\n", "", faultTests, "TestFaults/^R3$"},
	{"a failed fsync passed over", "P2", "publish/file.go", "\t\terr = f.f.Sync()\n", "\t\tf.f.Sync()\n", "./internal/publish", "TestAFailedSync"},
	{"seen before it is on record", "P1", "publish/publish.go", "\treturn syncDir(s.dir)\n", "\treturn os.Rename(s.dir, filepath.Join(s.out, runsDir, s.runID))\n", faultTests, "TestFaults/^R3$"},
	{"written in place", "P1", "publish/publish.go", "dir := filepath.Join(out, runsDir, stageMark+runID)", "dir := filepath.Join(out, runsDir, runID)", faultTests, "TestFaults/^R3$"},
	{"a run that can be seen called failed", "P1", "cli/run.go", "if err != nil && j.sealed {", "if err != nil && j.sealed && err == nil {", cliTests, "TestLatestLaidByOthers"},
	{"leftovers stay", "P1", "publish/publish.go", "if left && !spared[name] {", "if left && spared[name] {", faultTests, "TestFaults/^R1$"},
	{"half a sheet will do", "P3", "sheet/sheet.go", "return b.located(err, b.Sheets()[sheet].Name)", "return nil", cliTests, "TestHostile/cut-sheet-50.xlsx"},
	{"a row lost", "P3", "base/base.go", "\twho := b.contactOf(rec)\n", "\tif rec.Row == 50 {\n\t\treturn nil\n\t}\n\twho := b.contactOf(rec)\n", cliTests, "TestDemoRowLaw"},
	{"a refusal dropped", "P4", "base/base.go", "{ b.facts.more.add(f) }", "{\n\tif f.Key%7 != 0 {\n\t\tb.facts.more.add(f)\n\t}\n}", cliTests, "TestDemoGoldens"},
	{"a shrunk stop-list passes", "P4", "policy/gatesource.go", "case lost > l.MaxShrink:", "case lost > l.MaxShrink+1:", faultTests, "TestFaults/^R14$"},
	{"a family's refusal dropped", "P4", "base/decide.go", "append(d.linked[root].all, facts...)", "append(d.linked[root].all, facts[1:]...)", "./internal/base", "TestLinks"},
	{"an answer beside what was sent passed over", "P4", "intake/event.go", "return r.sayMore(m, r.sayMessage(m, yield), yield)", "return r.sayMessage(m, yield)", cliTests, "TestScripts/replies"},
	{"words beside a phone passed over", "P4", "intake/aside.go", "if mayBeAside(cell) {", "if mayBeAside(nil) {", cliTests, "TestScripts/texts"},
	{"a wave for who refused since", "P4", "cli/plancrowd.go", "case s.clean && mayBeWritten(set):", "case s.listed:", cliTests, "TestPlanHandsOutNobodySuppressed"},
	{"a wave after too many complaints", "P4", "cli/plancheck.go", "if f.Level == \"stop\" {", "if f.Level == \"stop!\" {", cliTests, "TestScripts/plan"},
	{"a wave seen before it is on record", "P1", "cli/planfile.go", "\tif err := p.record(w, h, file); err != nil {\n", "\tif err := publish.FinishDraft(dir, file.Name); err != nil {\n\t\treturn err\n\t}\n\tif err := p.record(w, h, file); err != nil {\n", faultTests, "TestFaults/^R1w$"},
	{"the learned net takes away", "P4", "refusal/learned.go", "Class: contact.SaysUnsure, Rule: LearnedRule", "Class: contact.SaysRefusal, Rule: LearnedRule", "./internal/refusal", "TestLearnedOnlyHolds"},
	{"a changed wave passes", "P11", "audit/verify.go", "v.plantWaves, ", "", "./internal/audit", "TestVerifyFindsAddedRows"},
	{"what is known is noted again", "P5", "audit/factset.go", "return int64(f.ids[i]), true", "f.last++\n\t\t\treturn f.last, false", cliTests, "TestIdempotent"},
	{"the order of files decides", "P6", "cli/tables.go", "slices.SortStableFunc(tables, func(a, b *table) int {\n", "slices.SortStableFunc(tables, func(a, b *table) int {\n\t\tif a != b {\n\t\t\treturn 0\n\t\t}\n", cliTests, "TestDeterministic"},
	{"no lock", "P7", "publish/publish.go", "ok, err := l.TryLock()", "ok, err := true, error(nil)", faultTests, "TestFaults/^R6$"},
	{"an input touched", "P8", "cli/inputs.go", "defer in.Close()", "defer os.Chtimes(w.path, time.Time{}, time.Now())\n\tdefer in.Close()", faultTests, "TestFaults/^R7$"},
	{"an input that grows is read", "P4", "cli/inputs.go", "if err != nil || n != before.Size() || after.Size() != n ||", "if err != nil || n < 0 &&", faultTests, "TestFaults/^R7$"},
	{"a pipe is waited for", "P9", "cli/inputs.go", "os.O_RDONLY|syscall.O_NONBLOCK", "os.O_RDONLY|0*syscall.O_NONBLOCK", faultTests, "TestFaults/^R7$"},
	{"no cap on empty cells", "P9", "sheet/sheet.go", "freeCells    = 64 << 20", "freeCells    = 64 << 40", cliTests, "TestHostile/bomb-gaps.ods"},
	{"no cap on unpacking", "P9", "sheet/zipfile.go", "zipMaxRatio     = 300", "zipMaxRatio     = 300_000_000", cliTests, "TestHostile/bomb-strings.xlsx"},
	{"a phone in an error", "P10", "cli/audited.go", `"this is neither a phone nor an e-mail nor a messenger's id"`, `"this is neither a phone nor an e-mail nor a messenger's id: "+arg`, cliTests, "TestCanariesInQuestions"},
	{"copies stay in the temporary folder", "P10", "cli/tables.go", "func removeDir(dir string) { _ = os.RemoveAll(dir) }", `func removeDir(dir string) { _ = os.Remove(dir + "x") }`, cliTests, "TestCanaries$"},
	{"copies keep their names", "P10", "publish/system_other.go", "if err := os.Remove(f.Name()); err != nil {", "if err := error(nil); err != nil {", faultTests, "TestFaults/^R1$"},
	{"lists that all may read", "P10", "publish/file.go", "os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600", "os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644", cliTests, "TestModes"},
	{"formulas stay alive", "P10", "sheet/csvwriter.go", "case '\\t', '\\r', '\\n', 0, '=', '@', '＝', '＋', '－', '＠':\n\t\t\treturn true", "case 0:\n\t\t\treturn true", cliTests, "TestHostile/names-formula.csv"},
	{"REPLACE gets past the triggers", "P11", "audit/db.go", `"recursive_triggers(1)"`, `"recursive_triggers(0)"`, "./internal/audit", "TestAppendOnly"},
	{"verify does not look at leaves", "P11", "audit/verify.go", "v.loadLeaves, ", "", "./internal/audit", "TestVerifyFindsEveryChange"},
}
