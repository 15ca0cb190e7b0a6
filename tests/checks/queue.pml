/*
 * A model of lib/queue for spin(1): what happens under both locks is one step,
 * as it is for everybody else; so is what happens under one of them, as the two
 * doors share nothing. Falling asleep, waking and giving up are several, in any
 * order that the processor and the kernel allow. With DOORS == 1 everything
 * takes both.
 *
 * Some threads put EACH items, some get until the queue is closed. Waits may time out, then the caller tries again; signals may
 * interrupt a sleep. tests/checks/model.sh checks every schedule for
 *   - someone left asleep (an invalid end state);
 *   - an item lost, doubled, or before an older one of the same producer;
 *   - a thread that writes into a waiter who has left.
 *
 * To see that it would notice, BROKEN leaves something out:
 *   1  who gives up too late does not wait for the wake that is on its way
 *   2  the kernel compares first, and falls asleep later
 *   3  the waker looks first whether someone sleeps, and writes later
 *   4  who serves a waiter does not wake it
 *   5  the way in stays open while somebody waits for an item
 *   6  the way out stays open while somebody waits for room
 */
#ifndef BROKEN
#define BROKEN 0
#endif
#ifndef PUTTERS
#define PUTTERS 2
#define GETTERS 1
#define EACH 2 /* items of a putter */
#define CAPACITY 1
#endif
#ifndef DOORS
#define DOORS 2
#endif
#define THREADS (PUTTERS + GETTERS) /* in this order */
#define NONE 255

mtype = { AWAKE, ASLEEP, WOKEN };
mtype = { FINE, TIMED_OUT, CLOSED };

/* The queue: ring and lines are channels, which are in order. */
chan ring = [CAPACITY] of { byte };
chan putters = [PUTTERS] of { byte };
chan getters = [GETTERS] of { byte };
bool closed;
byte may_put, may_get; /* with one lock, until both are held again */

/* What unlock_both does. */
inline deal()
{
#if DOORS == 2
    may_put = 0;
    may_get = 0;
    if
    :: !closed && (BROKEN == 5 || len(getters) == 0) -> may_put = CAPACITY - len(ring)
    :: else
    fi;
    if
    :: BROKEN == 6 || len(putters) == 0 -> may_get = len(ring)
    :: else
    fi
#else
    skip
#endif
}

/* Each thread's waiter, and the kernel's idea of it. */
mtype bed[THREADS], outcome[THREADS];
bool waits[THREADS];  /* in line, and nobody has served it */
bool there[THREADS];  /* the waiter's memory is still a waiter */
bool in_kernel[THREADS];
byte item[THREADS];   /* to put, or got */

byte working = PUTTERS;
bool seen[PUTTERS * EACH];

/*
 * futex(2): the kernel compares and falls asleep in one step. Who is patient
 * is woken by another thread or never.
 */
inline sleep()
{
    if
    :: atomic { bed[me] == AWAKE -> bed[me] = ASLEEP }
    :: atomic { bed[me] != AWAKE -> skip }
    fi;
    result = FINE;
    do
    :: bed[me] == WOKEN -> break
#if BROKEN == 2
    :: bed[me] == ASLEEP -> in_kernel[me] = true
#else
    :: atomic { bed[me] == ASLEEP -> in_kernel[me] = true }
#endif
       if
       :: !in_kernel[me] /* woken */
       :: !patient -> in_kernel[me] = false /* a signal */
       :: !patient -> in_kernel[me] = false; /* the deadline */
          if
          :: bed[me] == WOKEN -> skip
          :: else -> result = TIMED_OUT
          fi;
          break
       fi
    od
}

/* The exchange, and then the call, which may come when the waiter has left. */
inline wake(whom)
{
#if BROKEN == 3
    sleeps = (bed[whom] == ASLEEP);
    bed[whom] = WOKEN;
#else
    atomic {
        assert(there[whom]);
        sleeps = (bed[whom] == ASLEEP);
        bed[whom] = WOKEN
    }
#endif
    if
    :: atomic { sleeps -> in_kernel[whom] = false; sleeps = false }
    :: else
    fi
}

inline line_up(line)
{
    bed[me] = AWAKE;
    outcome[me] = FINE;
    waits[me] = true;
    there[me] = true;
    line ! me
}

inline wait_in_line(line)
{
    if
    :: patient = true
    :: patient = false
    fi;
    sleep();
    if
    :: result == TIMED_OUT ->
       atomic { /* gives_up, with the lock */
           if
           :: waits[me] -> line ?? eval(me); waits[me] = false; outcome[me] = TIMED_OUT; late = false
           :: else -> late = true
           fi;
           deal()
       }
       if
#if BROKEN != 1
       :: late -> patient = true; sleep()
#endif
       :: else
       fi
    :: else
    fi;
    atomic { there[me] = false; bed[me] = AWAKE; result = FINE; late = false; patient = false }
}

inline put()
{
    served = NONE;
    waiting = false;
    atomic { /* with the lock of the way in, and if that will not do, with both */
        if
        :: may_put > 0 -> alone = true; may_put--; assert(!closed && nfull(ring)); ring ! item[me];
           outcome[me] = FINE
        :: may_put == 0 && closed -> outcome[me] = CLOSED
        :: may_put == 0 && !closed && nempty(getters) -> getters ? served; waits[served] = false; item[served] = item[me];
           outcome[me] = FINE
        :: may_put == 0 && !closed && empty(getters) && nfull(ring) -> ring ! item[me]; outcome[me] = FINE
        :: may_put == 0 && !closed && empty(getters) && full(ring) -> line_up(putters); waiting = true
        fi;
        if
        :: alone
        :: !alone -> deal()
        fi;
        alone = false
    }
    if
    :: served != NONE && BROKEN != 4 -> wake(served); served = 0
    :: else -> served = 0
    fi;
    if
    :: waiting -> wait_in_line(putters)
    :: else
    fi
}

inline get()
{
    served = NONE;
    waiting = false;
#if DOORS == 2
    atomic { /* with the lock of the way out; if that will not do, it is given back first */
        if
        :: may_get > 0 -> alone = true; may_get--; assert(nempty(ring)); ring ? item[me]; outcome[me] = FINE
        :: may_get == 0
        fi
    }
#endif
    if
    :: atomic { alone -> alone = false }
    :: atomic { !alone ->  /* with both */
        if
        :: nempty(ring) -> ring ? item[me]; outcome[me] = FINE;
           if
           :: nempty(putters) -> putters ? served; waits[served] = false; ring ! item[served]
           :: empty(putters)
           fi
        :: empty(ring) && closed -> outcome[me] = CLOSED
        :: empty(ring) && !closed -> line_up(getters); waiting = true
        fi;
        deal()
    }
    fi;
    if
    :: served != NONE && BROKEN != 4 -> wake(served); served = 0
    :: else -> served = 0
    fi;
    if
    :: waiting -> wait_in_line(getters)
    :: else
    fi
}

/* Only when all putters are through: then only getters can wait. */
inline close()
{
    atomic {
        closed = true;
        assert(empty(putters));
        do
        :: nempty(getters) -> getters ? served; waits[served] = false; outcome[served] = CLOSED; wakes[count] = served;
           count++
        :: empty(getters) -> break
        od;
        deal()
    }
    do
    :: count > 0 -> count--; wake(wakes[count])
    :: count == 0 -> break
    od
}

proctype putter(byte me)
{
    byte served, made, count;
    byte wakes[GETTERS];
    bool alone, waiting, late, sleeps, patient;
    mtype result;

    do
    :: made < EACH ->
       item[me] = me * EACH + made;
       put();
       assert(outcome[me] != CLOSED);
       if
       :: outcome[me] == FINE -> made++
       :: else /* too late: again */
       fi
    :: made == EACH -> break
    od;
    atomic { working--; waiting = (working == 0) }
    if
    :: waiting -> close()
    :: else
    fi
}

proctype getter(byte me)
{
    byte served;
    bool alone, waiting, late, sleeps, patient;
    mtype result;
    byte least[PUTTERS]; /* of each putter: what may come next */

    do
    :: get();
       if
       :: outcome[me] == FINE ->
          atomic {
              assert(!seen[item[me]]);
              seen[item[me]] = true;
              assert(item[me] % EACH >= least[item[me] / EACH]);
              least[item[me] / EACH] = item[me] % EACH + 1
          }
       :: outcome[me] == TIMED_OUT
       :: outcome[me] == CLOSED -> break
       fi
    od
}

init {
    byte i;

    atomic {
        deal();
        for (i : 0 .. PUTTERS - 1) {
            run putter(i)
        }
        for (i : PUTTERS .. THREADS - 1) {
            run getter(i)
        }
    }
    atomic {
        _nr_pr == 1;
        for (i : 0 .. PUTTERS * EACH - 1) {
            assert(seen[i])
        }
        assert(empty(ring))
    }
}
