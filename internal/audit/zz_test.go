package audit
import ("testing";"os";"os/exec";"fmt")
func TestZZ(t *testing.T) {
	os.RemoveAll("/tmp/audbench"); os.MkdirAll("/tmp/audbench", 0o700)
	path := "/tmp/audbench/a.db"
	d := open(t, path)
	f := bigBase(100_000)
	for day := 1; day < 8; day++ {
	if day > 1 && day < 7 { f = nextDay(f, uint64(day)) }
	recordRun(t, d, day, f)
	out, err := exec.Command("sqlite3", path, "select (select count(*) from chunk), (select count(*) from posting), (select count(*) from layout), (select count(*) from past), (select count(*) from node),(select freelist_count from pragma_freelist_count)").CombinedOutput()
	out2, _ := exec.Command("sqlite3", path, "select group_concat(name||':'||n,' ') from (select name, sum(pgsize)/1024 as n from dbstat group by name having n > 8)").CombinedOutput()
	fmt.Println(day, fileSize(t, path)/1024, string(out), err, string(out2))
	}
}
