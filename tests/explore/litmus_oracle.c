#include "litmus_oracle.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

enum { EVENTS = 32, OPERATIONS = LITMUS_THREADS * LITMUS_OPERATIONS, NONE = -1 };

/* Relations: row a has bit b when a is before b. ------------------------------- */

typedef uint32_t relation[EVENTS];

static int count; /* of the candidate's events; the initial writes are the first */

static void unite(relation to, const relation with)
{
    for (int a = 0; a < count; a++)
        to[a] |= with[a];
}

/* to := first ; second */
static void compose(relation to, const relation first, const relation second)
{
    relation result = {0};

    for (int a = 0; a < count; a++)
        for (int b = 0; b < count; b++)
            if ((first[a] >> b & 1) != 0)
                result[a] |= second[b];
    memcpy(to, result, sizeof result);
}

/* Warshall, 1962 */
static void close(relation r)
{
    for (int k = 0; k < count; k++)
        for (int a = 0; a < count; a++)
            if ((r[a] >> k & 1) != 0)
                r[a] |= r[k];
}

static bool is_irreflexive(const relation r)
{
    for (int a = 0; a < count; a++)
        if ((r[a] >> a & 1) != 0)
            return false;
    return true;
}

static bool is_acyclic(const relation r)
{
    relation closed;

    memcpy(closed, r, sizeof closed);
    close(closed);
    return is_irreflexive(closed);
}

static void reflect(relation r)
{
    for (int a = 0; a < count; a++)
        r[a] |= (uint32_t)1 << a;
}

/* [from] ; r ; [to] */
static void limit(relation r, uint32_t from, uint32_t to)
{
    for (int a = 0; a < count; a++)
        r[a] = (from >> a & 1) != 0 ? r[a] & to : 0;
}

/* A candidate ------------------------------------------------------------------ */

enum kind { READ, WRITE, FENCE };

static struct {
    enum kind kind;
    int thread, index, location, value;
    memory_order order;
    bool locked; /* of a read-modify-write, whatever comes out of it */
} events[EVENTS];

static const struct litmus *program;
static relation sb, rf, rmw, co, fr, same;
static uint32_t reads, writes, fences, initial;

static bool has(int thread)
{
    return thread != NONE;
}

static void find_fr(void)
{
    for (int a = 0; a < count; a++) {
        fr[a] = 0;
        for (int w = 0; w < count; w++)
            if ((rf[w] >> a & 1) != 0)
                fr[a] |= co[w];
    }
}

/* No write comes between the halves of a read-modify-write. */
static bool is_atomic(void)
{
    relation between;

    compose(between, fr, co);
    for (int a = 0; a < count; a++)
        if ((between[a] & rmw[a]) != 0)
            return false;
    return true;
}

static bool is_sc(void)
{
    relation all;

    memcpy(all, sb, sizeof all);
    unite(all, rf);
    unite(all, co);
    unite(all, fr);
    return is_acyclic(all);
}

/* x86-TSO -----------------------------------------------------------------------
 * Owens, Sarkar, Sewell, TPHOLs 2009, as Alglave, Maranget, Tautschnig have it in
 * "Herding Cats", TOPLAS 2014: uniproc; and ghb = ppo U implied U rfe U co U fr. A seq_cst
 * store is an xchg, a seq_cst fence an mfence, and a compare-exchange is locked whether it
 * writes or not. */

static uint32_t set_of(bool (*is)(int))
{
    uint32_t set = 0;

    for (int a = 0; a < count; a++)
        if (is(a))
            set |= (uint32_t)1 << a;
    return set;
}

static bool is_locked(int a)
{
    return events[a].locked || (events[a].kind == WRITE && events[a].order == memory_order_seq_cst);
}

static bool is_mfence(int a)
{
    return events[a].kind == FENCE && events[a].order == memory_order_seq_cst;
}

static bool is_tso(void)
{
    relation local = {0}, ghb, part;
    uint32_t strong = set_of(is_locked) | set_of(is_mfence);

    for (int a = 0; a < count; a++)
        local[a] = (sb[a] & same[a]) | rf[a] | co[a] | fr[a];
    memcpy(ghb, co, sizeof ghb);
    unite(ghb, fr);
    for (int a = 0; a < count; a++)
        for (int b = 0; b < count; b++)
            if ((rf[a] >> b & 1) != 0 && events[a].thread != events[b].thread)
                ghb[a] |= (uint32_t)1 << b;
    memcpy(part, sb, sizeof part);
    limit(part, reads, reads | writes);
    unite(ghb, part);
    memcpy(part, sb, sizeof part);
    limit(part, writes, writes);
    unite(ghb, part);
    memcpy(part, sb, sizeof part);
    limit(part, strong, ~(uint32_t)0);
    unite(ghb, part);
    memcpy(part, sb, sizeof part);
    limit(part, ~(uint32_t)0, strong);
    unite(ghb, part);
    return is_acyclic(local) && is_acyclic(ghb);
}

/* RC11 --------------------------------------------------------------------------
 * Lahav, Vafeiadis, Kang, Hur, Dreyer, PLDI 2017, figure 1 and section 3. */

static bool releases(int a)
{
    return events[a].order == memory_order_release || events[a].order == memory_order_acq_rel ||
           events[a].order == memory_order_seq_cst;
}

static bool acquires(int a)
{
    return events[a].order == memory_order_acquire || events[a].order == memory_order_acq_rel ||
           events[a].order == memory_order_seq_cst;
}

static bool is_strong(int a)
{
    return events[a].thread != NONE && events[a].order == memory_order_seq_cst;
}

/* rs = [W]; (sb & loc)?; [W]; (rf; rmw)* */
static void find_rs(relation rs)
{
    relation own = {0}, chain;

    for (int a = 0; a < count; a++)
        own[a] = sb[a] & same[a];
    limit(own, writes & ~initial, writes);
    reflect(own);
    limit(own, writes, writes);
    compose(chain, rf, rmw);
    close(chain);
    reflect(chain);
    compose(rs, own, chain);
}

/* sw = [rel]; ([F]; sb)?; rs; rf; [R]; (sb; [F])?; [acq] */
static void find_hb(relation hb)
{
    relation rs, sw, part;

    find_rs(rs);
    memcpy(part, sb, sizeof part);
    limit(part, fences, ~(uint32_t)0);
    reflect(part);
    compose(sw, part, rs);
    compose(sw, sw, rf);
    memcpy(part, sb, sizeof part);
    limit(part, ~(uint32_t)0, fences);
    reflect(part);
    compose(sw, sw, part);
    limit(sw, set_of(releases), set_of(acquires));
    memcpy(hb, sb, sizeof(relation));
    unite(hb, sw);
    close(hb);
}

static void find_scb(relation scb, const relation hb)
{
    relation elsewhere = {0}, part;

    for (int a = 0; a < count; a++)
        elsewhere[a] = sb[a] & ~same[a];
    compose(part, elsewhere, hb);
    compose(part, part, elsewhere);
    for (int a = 0; a < count; a++)
        scb[a] = sb[a] | part[a] | (hb[a] & same[a]) | co[a] | fr[a];
}

static bool is_rc11(void)
{
    uint32_t strong = set_of(is_strong), all = ~(uint32_t)0;
    relation hb, eco, scb = {0}, from, to, psc, part;

    find_hb(hb);
    memcpy(eco, rf, sizeof eco);
    unite(eco, co);
    unite(eco, fr);
    close(eco);
    compose(part, hb, eco);
    if (!is_irreflexive(hb) || !is_irreflexive(part))
        return false;
    find_scb(scb, hb);
    memcpy(from, hb, sizeof from);
    reflect(from);
    memcpy(to, from, sizeof to);
    limit(from, strong & fences, all);
    limit(to, all, strong & fences);
    for (int a = 0; a < count; a++)
        if ((strong >> a & 1) != 0)
            from[a] |= (uint32_t)1 << a, to[a] |= (uint32_t)1 << a;
    compose(psc, from, scb);
    compose(psc, psc, to);
    compose(part, part, hb);
    unite(part, hb);
    limit(part, strong & fences, strong & fences);
    unite(psc, part);
    return is_acyclic(psc);
}

static bool is_consistent(enum memory memory)
{
    find_fr();
    return is_atomic() && (memory == MEMORY_SC    ? is_sc()
                           : memory == MEMORY_TSO ? is_tso()
                                                  : is_rc11());
}

/* Candidates --------------------------------------------------------------------- */

static const struct opinion *opinion;
static enum memory memory;
static int source[LITMUS_THREADS][LITMUS_OPERATIONS]; /* of a read: thread * OPERATIONS + index */
static int write_of[LITMUS_THREADS][LITMUS_OPERATIONS], registers[LITMUS_NAMES];

static bool reads_op(const struct litmus_operation *op)
{
    return strchr("RXAC", op->kind) != NULL;
}

static bool may_write(const struct litmus_operation *op)
{
    return strchr("WXAC", op->kind) != NULL;
}

static int add(enum kind kind, int thread, int index, const struct litmus_operation *op, int value)
{
    assert(count < EVENTS);
    events[count].kind = kind;
    events[count].thread = thread;
    events[count].index = index;
    events[count].location = op->location;
    events[count].value = value;
    events[count].order = op->order;
    events[count].locked = strchr("XAC", op->kind) != NULL;
    return count++;
}

static void say(void)
{
    char text[512];
    size_t length = 0;
    int last;

    for (int i = 0; i < program->registers; i++)
        length += (size_t)snprintf(text + length, sizeof text - length, "%s%s=%d",
                                   length > 0 ? " " : "", program->register_names[i], registers[i]);
    for (int i = 0; i < program->locations; i++) {
        for (last = i; co[last] != 0;)
            last = __builtin_ctz(co[last]) == last ? NONE : __builtin_ctz(co[last]);
        length +=
            (size_t)snprintf(text + length, sizeof text - length, "%s%s=%d", length > 0 ? " " : "",
                             program->location_names[i], events[last].value);
    }
    opinion->execution(opinion->context, text);
}

/* Each order of the writes of each location from this one on; `left` are those of this
 * location that have no place yet, `placed` those that have. */
static void order_writes(int location, uint32_t left, uint32_t placed)
{
    if (left != 0) {
        for (int w = 0; w < count; w++)
            if ((left >> w & 1) != 0) {
                for (int a = 0; a < count; a++)
                    if ((placed >> a & 1) != 0)
                        co[a] |= (uint32_t)1 << w;
                order_writes(location, left & ~((uint32_t)1 << w), placed | (uint32_t)1 << w);
                for (int a = 0; a < count; a++)
                    co[a] &= ~((uint32_t)1 << w);
            }
        return;
    }
    if (++location < program->locations) {
        for (int w = program->locations; w < count; w++)
            if (events[w].kind == WRITE && events[w].location == location)
                left |= (uint32_t)1 << w;
        order_writes(location, left, (uint32_t)1 << location);
    } else if (is_consistent(memory)) {
        say();
    }
}

static void relate(void)
{
    reads = writes = fences = initial = 0;
    memset(sb, 0, sizeof sb);
    memset(same, 0, sizeof same);
    memset(co, 0, sizeof co);
    for (int a = 0; a < count; a++) {
        uint32_t bit = (uint32_t)1 << a;

        *(events[a].kind == READ ? &reads : events[a].kind == WRITE ? &writes : &fences) |= bit;
        initial |= has(events[a].thread) ? 0 : bit;
        for (int b = 0; b < count; b++) {
            if (events[a].thread == events[b].thread ? has(events[a].thread) && a < b
                                                     : !has(events[a].thread))
                sb[a] |= (uint32_t)1 << b;
            if (a != b && events[a].kind != FENCE && events[b].kind != FENCE &&
                events[a].location == events[b].location)
                same[a] |= (uint32_t)1 << b;
        }
    }
}

/* What the operation does, once it is known what it reads. False: it is no candidate, or
 * the thread does not come to its end. */
static bool perform(int thread, int index)
{
    const struct litmus_operation *op = &program->operations[thread][index];
    int from = NONE, value = op->value, read;

    if (op->kind == 'B')
        return registers[op->reg] == op->value;
    if (op->kind == 'F') {
        add(FENCE, thread, index, op, 0);
        return true;
    }
    if (!reads_op(op)) {
        write_of[thread][index] = add(WRITE, thread, index, op, value);
        return true;
    }
    from = source[thread][index] == NONE
               ? op->location
               : write_of[source[thread][index] / OPERATIONS][source[thread][index] % OPERATIONS];
    if (from == NONE)
        return false;
    read = add(READ, thread, index, op, events[from].value);
    registers[op->reg] = events[from].value;
    rf[from] |= (uint32_t)1 << read;
    if (op->kind == 'R' || (op->kind == 'C' && events[from].value != op->expected))
        return true;
    if (op->kind == 'A')
        value += events[from].value;
    write_of[thread][index] = add(WRITE, thread, index, op, value);
    rmw[read] |= (uint32_t)1 << write_of[thread][index];
    return true;
}

/* Has what the operation reads been done? */
static bool is_known(int thread, int index, const int done[])
{
    int from = source[thread][index];

    return !reads_op(&program->operations[thread][index]) || from == NONE ||
           from % OPERATIONS < done[from / OPERATIONS];
}

/* Threads go on as far as they find what they read: an order of sb U rf, if there is one. */
static void judge(void)
{
    static const struct litmus_operation nothing = {.order = memory_order_relaxed};
    int done[LITMUS_THREADS] = {0}, left = 0;
    bool moves = true;

    count = 0;
    memset(rf, 0, sizeof rf);
    memset(rmw, 0, sizeof rmw);
    memset(write_of, NONE, sizeof write_of);
    memset(registers, 0, sizeof registers);
    for (int i = 0; i < program->locations; i++)
        events[add(WRITE, NONE, 0, &nothing, 0)].location = i;
    for (int i = 0; i < program->threads; i++)
        left += program->lengths[i];
    while (moves && left > 0) {
        moves = false;
        for (int i = 0; i < program->threads; i++)
            while (done[i] < program->lengths[i] && is_known(i, done[i], done)) {
                if (!perform(i, done[i]))
                    return;
                done[i]++, left--, moves = true;
            }
    }
    if (left > 0)
        return;
    relate();
    order_writes(NONE, 0, 0);
}

static void choose_sources(int thread, int index)
{
    while (thread < program->threads && index == program->lengths[thread])
        thread++, index = 0;
    if (thread == program->threads) {
        judge();
        return;
    }
    source[thread][index] = NONE;
    choose_sources(thread, index + 1);
    for (int i = 0; reads_op(&program->operations[thread][index]) && i < program->threads; i++)
        for (int k = 0; k < program->lengths[i]; k++)
            if (may_write(&program->operations[i][k]) && (i != thread || k < index) &&
                program->operations[i][k].location == program->operations[thread][index].location) {
                source[thread][index] = i * OPERATIONS + k;
                choose_sources(thread, index + 1);
            }
    source[thread][index] = NONE;
}

/* How many candidates there are at most. */
static double size_of(void)
{
    int there[LITMUS_NAMES] = {0};
    double size = 1;

    for (int i = 0; i < program->threads; i++)
        for (int k = 0; k < program->lengths[i]; k++)
            if (may_write(&program->operations[i][k]))
                size *= ++there[program->operations[i][k].location];
    for (int i = 0; i < program->threads; i++)
        for (int k = 0; k < program->lengths[i]; k++)
            if (reads_op(&program->operations[i][k]))
                size *= there[program->operations[i][k].location] + 1;
    return size;
}

bool opinion_give(const struct opinion *asked, const struct litmus *of, enum memory model,
                  double most)
{
    opinion = asked;
    program = of;
    memory = model;
    if (size_of() > most)
        return false;
    choose_sources(0, 0);
    return true;
}
