package phone
import ("testing";"syscall";"time";"fmt";"bytes";"cleanbase/internal/contact")
func cpu() time.Duration { var u syscall.Rusage; syscall.Getrusage(1,&u); return time.Duration(u.Utime.Nano()) }
func TestTmp(t *testing.T){
 r:=NewReader(); var dst []contact.Number
 for _,x:=range [][2]string{{"1)","DE"},{"1/1/","RU"},{"1) ","RU"},{"(1,","DE"}} {
  for _,n:=range []int{16000,32000,64000,128000}{
   cell:=bytes.Repeat([]byte(x[0]),n/len(x[0]))
   dst=r.Read(dst[:0],cell,x[1])
   t0:=cpu(); for range 20 {dst=r.Read(dst[:0],cell,x[1])}; fmt.Print((cpu()-t0)/20," ")
  }
  fmt.Println(x)
 }
}
