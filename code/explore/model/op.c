#include "explore/model/op.h"

static const char *const names[OP_KINDS] = {
    [OP_START] = "start",
    [OP_CREATE] = "create",
    [OP_ALLOCATE] = "allocate",
    [OP_JOIN] = "join",
    [OP_TRYJOIN] = "tryjoin",
    [OP_TIMEDJOIN] = "timedjoin",
    [OP_EXIT] = "exit",
    [OP_LOCK] = "lock",
    [OP_TRYLOCK] = "trylock",
    [OP_TIMEDLOCK] = "timedlock",
    [OP_UNLOCK] = "unlock",
    [OP_ABANDON] = "abandon",
    [OP_WAIT] = "wait",
    [OP_RESUME] = "resume",
    [OP_SIGNAL] = "signal",
    [OP_BROADCAST] = "broadcast",
    [OP_RDLOCK] = "rdlock",
    [OP_WRLOCK] = "wrlock",
    [OP_WRASK] = "wrask",
    [OP_TRYRDLOCK] = "tryrdlock",
    [OP_TRYWRLOCK] = "trywrlock",
    [OP_RWUNLOCK] = "rwunlock",
    [OP_SEM_WAIT] = "sem-wait",
    [OP_SEM_TRYWAIT] = "sem-trywait",
    [OP_SEM_TIMEDWAIT] = "sem-timedwait",
    [OP_SEM_POST] = "sem-post",
    [OP_SEM_VALUE] = "sem-value",
    [OP_ARRIVE] = "arrive",
    [OP_LEAVE] = "leave",
    [OP_ONCE] = "once",
    [OP_ONCE_DONE] = "once-done",
    [OP_READ] = "read",
    [OP_WRITE] = "write",
    [OP_UPDATE] = "update",
    [OP_FLUSH] = "flush",
    [OP_FUTEX_WAIT] = "futex-wait",
    [OP_FUTEX_RESUME] = "futex-resume",
    [OP_FUTEX_WAKE] = "futex-wake",
    [OP_PRINT] = "print",
    [OP_FILE] = "file",
    [OP_NAME] = "name",
    [OP_FENCE] = "fence",
    [OP_CHOOSE] = "choose",
    [OP_RELEASE] = "release",
    [OP_YIELD] = "yield",
    [OP_SLEEP] = "sleep",
    [OP_CANCEL] = "cancel",
    [OP_CANCELLED] = "cancelled",
    [OP_TESTCANCEL] = "testcancel",
    [OP_KILL] = "kill",
    [OP_SIGMASK] = "sigmask",
    [OP_SIGWAIT] = "sigwait",
    [OP_OPEN] = "open",
    [OP_CLOSE] = "close",
    [OP_CHANGE] = "change",
    [OP_RECEIVE] = "receive",
    [OP_TRYRECEIVE] = "tryreceive",
    [OP_SEND] = "send",
    [OP_TRYSEND] = "trysend",
    [OP_POLL] = "poll",
    [OP_DESTROY] = "destroy",
    [OP_CRASH] = "crash",
    [OP_FINISH] = "finish",
    [OP_END] = "end",
};

const char *op_name(enum op_kind kind)
{
    return names[kind];
}

bool touch_conflict(const struct touch *a, const struct touch *b)
{
    return a->mode != TOUCH_NONE && b->mode != TOUCH_NONE &&
           (a->mode == TOUCH_CHANGE || b->mode == TOUCH_CHANGE) && a->at < b->at + b->size &&
           b->at < a->at + a->size;
}

/* The end of the process undoes whatever others were about to do. */
static bool ends_all(const struct op *op)
{
    return op->kind == OP_END || op->kind == OP_CRASH;
}

bool op_dependent(const struct op *a, const struct op *b)
{
    if (ends_all(a) || ends_all(b))
        return true;
    for (int i = 0; i < OP_TOUCHES; i++)
        for (int j = 0; j < OP_TOUCHES; j++)
            if (touch_conflict(&a->touches[i], &b->touches[j]))
                return true;
    return false;
}

static bool releases(enum op_kind kind)
{
    return kind == OP_UNLOCK || kind == OP_ABANDON || kind == OP_WAIT || kind == OP_RWUNLOCK ||
           kind == OP_ONCE_DONE || kind == OP_EXIT;
}

static bool acquires(enum op_kind kind)
{
    return kind == OP_LOCK || kind == OP_RDLOCK || kind == OP_WRLOCK || kind == OP_ONCE ||
           kind == OP_JOIN;
}

bool op_enables(const struct op *first, const struct op *second)
{
    return releases(first->kind) && acquires(second->kind);
}

bool op_awaits(enum op_kind waiting, enum op_kind kind)
{
    return (waiting == OP_SEM_WAIT && kind == OP_SEM_POST) ||
           (waiting == OP_RECEIVE && (kind == OP_SEND || kind == OP_TRYSEND)) ||
           (waiting == OP_SEND && (kind == OP_RECEIVE || kind == OP_TRYRECEIVE));
}

/* The lock is the second thing that such a step touches. */
bool op_awaits_stream(const struct op *waiting, const struct op *first)
{
    return waiting->kind == OP_PRINT && first->kind == OP_PRINT &&
           touch_conflict(&waiting->touches[1], &first->touches[1]);
}
