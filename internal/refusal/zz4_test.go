package refusal
import ("testing";"bufio";"os";"strings")
func TestFresh(t *testing.T){ r:=newReader(t,Options{})
name:=os.Getenv("F"); f,_:=os.Open(name); s:=bufio.NewScanner(f); bad:=0; n:=0
for s.Scan(){ p:=strings.SplitN(s.Text(),"|",3); if len(p)<3 {continue}; n++; g:=r.Read(strings.ReplaceAll(p[2],`\n`,"\n")); c:=classNames[strongest(g)]
 want:=map[string]string{"r":"refusal","c":"complaint","u":"unsure","n":"none","s":"subscribe"}[p[1]]
 if c!=want { bad++; t.Logf("%s want %-9s got %-9s %s %q",p[0],want,c,rulesOf(g),p[2])} }
t.Log(bad,n)}
