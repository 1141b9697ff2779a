package python
import ("testing";"os";"fmt")
func TestDbg(t *testing.T){ f:=os.Getenv("PYF"); if f=="" {t.Skip()}; b,_:=os.ReadFile(f); fmt.Print(runFile(f,b)) }
