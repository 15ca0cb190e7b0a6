#include "heddle/stitch/layout.h"

#include <stdlib.h>

#include "heddle/base/array.h"

/* An instance being walked through: its next line and its next use. */
struct frame {
    size_t instance;
    unsigned line;
    size_t use;
};

/* Chunks nest as deep as chapters like, so the walk keeps its own stack. */
struct walk {
    struct layout *layout;
    struct arena *arena;
    struct frame *frames;
    size_t depth, cap;
    struct span banner; /* what of it has not been passed */
};

bool step_is_line(const struct step *step)
{
    return step->kind == STEP_LINE || step->kind == STEP_BANNER;
}

static void add_step(struct walk *walk, struct step step)
{
    struct layout *layout = walk->layout;

    *ARRAY_PUSH_IN(walk->arena, layout->steps, layout->step_count, layout->step_cap) = step;
}

static size_t add_instance(struct walk *walk, struct instance instance)
{
    struct layout *layout = walk->layout;

    *ARRAY_PUSH_IN(walk->arena, layout->instances, layout->instance_count, layout->instance_cap) =
        instance;
    return layout->instance_count - 1;
}

static void pass_banner(struct walk *walk, size_t instance)
{
    struct span line;

    while (span_line(&walk->banner, &line))
        add_step(walk, (struct step){.kind = STEP_BANNER, .instance = instance});
}

/* The banner stands above the first line, or below it when that is "#!". */
static void pass_line(struct walk *walk, const struct part *part, struct step step)
{
    struct span text = code_line_span(&part->block->lines[step.index]);
    bool below = span_starts(text, "#!");

    if (!below)
        pass_banner(walk, step.instance);
    add_step(walk, step);
    pass_banner(walk, step.instance);
}

static struct span indent_of(struct walk *walk, size_t parent, const struct use *use)
{
    const struct instance *around = &walk->layout->instances[parent];
    struct buf indent = {0};

    buf_add(&indent, around->indent);
    buf_fill(&indent, ' ', around->part->block->lines[use->index].pad);
    buf_add(&indent, use->indent);
    return buf_take(&indent, walk->arena);
}

static void enter_use(struct walk *walk, size_t parent, const struct use *use)
{
    size_t index = walk->layout->instance_count;
    struct instance instance = {use->chunk->first, parent, use, index,
                                indent_of(walk, parent, use)};

    add_instance(walk, instance);
    add_step(walk, (struct step){STEP_ENTER, .edge = true, .instance = index, .index = use->index});
    *ARRAY_PUSH(walk->frames, walk->depth, walk->cap) = (struct frame){.instance = index};
}

/* The same use goes on with the chunk's next block. */
static void enter_next(struct walk *walk, struct frame *frame)
{
    struct instance next = walk->layout->instances[frame->instance];

    add_step(walk, (struct step){STEP_LEAVE, .instance = frame->instance});
    next.part = next.part->next;
    *frame = (struct frame){.instance = add_instance(walk, next)};
    add_step(walk, (struct step){STEP_ENTER, .instance = frame->instance});
}

/* The lines up to the next use, then that use; out of the block at its end. */
static void walk_on(struct walk *walk)
{
    struct frame *frame = &walk->frames[walk->depth - 1];
    size_t instance = frame->instance;
    const struct part *part = walk->layout->instances[instance].part;
    const struct use *use = frame->use < part->use_count ? &part->uses[frame->use] : NULL;
    unsigned end = use != NULL ? use->index : part->block->line_count;

    while (frame->line < end)
        pass_line(walk, part, (struct step){.instance = instance, .index = frame->line++});
    if (use != NULL) {
        frame->line++;
        frame->use++;
        if (use->escaped)
            pass_line(walk, part,
                      (struct step){.escaped = true, .instance = instance, .index = use->index});
        else if (use->chunk != NULL)
            enter_use(walk, instance, use);
    } else if (part->next != NULL) {
        enter_next(walk, frame);
    } else {
        add_step(walk, (struct step){STEP_LEAVE, .edge = true, .instance = instance});
        walk->depth--;
    }
}

void layout_make(struct layout *layout, struct arena *arena, const struct target *target)
{
    struct walk walk = {.layout = layout, .arena = arena, .banner = target->banner};

    *layout = (struct layout){0};
    add_instance(&walk, (struct instance){.part = target->chunk->first});
    add_step(&walk, (struct step){STEP_ENTER, .edge = true});
    *ARRAY_PUSH(walk.frames, walk.depth, walk.cap) = (struct frame){0};
    while (walk.depth > 0)
        walk_on(&walk);
    pass_banner(&walk, layout->instance_count - 1);
    free(walk.frames);
}
