#include "explore/intercept/thrown.h"

#include <unwind.h>

#include "explore/run/scheduler.h"

#ifdef __x86_64__

_Unwind_Reason_Code refuse_thrown(int version, _Unwind_Action actions,
                                  _Unwind_Exception_Class class, struct _Unwind_Exception *thrown,
                                  struct _Unwind_Context *context) __asm__("explore.refuse_thrown");

/* Who unwinds asks this of the frame below (Itanium C++ ABI: Exception Handling, 1.6). The
 * end of a thread unwinds as well, and is put in order by its handlers. */
_Unwind_Reason_Code refuse_thrown(int version, _Unwind_Action actions,
                                  _Unwind_Exception_Class class, struct _Unwind_Exception *thrown,
                                  struct _Unwind_Context *context)
{
    (void)version, (void)class, (void)thrown, (void)context;
    if (me != NULL && (actions & _UA_CLEANUP_PHASE) != 0 && (actions & _UA_FORCE_UNWIND) == 0)
        run_refuse(0, "throws out of a function that is called once");
    return _URC_CONTINUE_UNWIND;
}

/* 0x1b: an address of four bytes, from where it stands. */
__asm__(".text\n"
        ".globl explore.call_unthrown\n.type explore.call_unthrown, @function\n"
        "explore.call_unthrown:\n"
        ".cfi_startproc\n.cfi_personality 0x1b, explore.refuse_thrown\n"
        "push %rbp\n.cfi_def_cfa_offset 16\n.cfi_offset 6, -16\n"
        "mov %rsp, %rbp\n.cfi_def_cfa_register 6\n"
        "call *%rdi\n"
        "pop %rbp\n.cfi_def_cfa 7, 8\nret\n"
        ".cfi_endproc\n.size explore.call_unthrown, .-explore.call_unthrown\n");

#else

void call_unthrown(void (*routine)(void))
{
    routine();
}

#endif
