package refusal
import ("testing";"strings")
// Latin words of the new files that hide a Russian word in Latin letters, or real.
func TestCollide(t *testing.T){
 r:=newReader(t,Options{})
 b,_:=embedded()
 old:=&book{classes: map[string]*class{}, groups: map[string]*Rule{}}
 neu:=map[string]bool{}
 oldw:=map[string]bool{}
 _ = b; _ = old
 names:=[]string{"41-uz","60-world","61-es","62-pt","63-de","64-fr","65-it","66-pl","67-tr"}
 all,_:=ruleFiles.ReadDir("rules")
 for _,f:=range all { if !strings.HasSuffix(f.Name(),".rules"){continue}
  txt,_:=ruleFiles.ReadFile("rules/"+f.Name())
  isnew:=false; for _,n:=range names { if strings.HasPrefix(f.Name(),n){isnew=true} }
  bb:=&book{classes: map[string]*class{}, groups: map[string]*Rule{}}
  bb.parse(f.Name(),string(txt))
  add:=func(w string){ w=strings.TrimSuffix(strings.TrimSuffix(w,"?"),"*"); for _,x:=range expand(w){ if isnew {neu[x]=true} else {oldw[string(r.symbols(x))]=true} } }
  for _,c:=range bb.classes { for _,w:=range c.words { if w!="" && w[0]!='$' {add(w)} } }
  for _,ru:=range bb.rules { for _,l:=range [][]string{ru.Match,ru.Unless,ru.Soft,ru.Need} { for _,tx:=range l { for _,w:=range strings.Fields(tx) { for _,p:=range strings.Split(strings.TrimSuffix(w,"?"),"|") { if isLiteral(p) {add(p)} } } } } }
 }
 for w:=range neu { s:=r.symbols(w); if len(s)==0||!isLatin(s[0])||oldw[string(s)] {continue}
  var buf [120]byte
  sk:=r.folds.skeleton(buf[:0],s)
  if len(sk)>40 {continue}
  if k:=r.translit.find(sk); k!=0 { t.Log("HIDES", w, k) } else if len(sk)>=7 { if k:=r.translit.guess(sk); k!=0 {t.Log("guess", w)} }
 }
}
