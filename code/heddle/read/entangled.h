/*
 * entangled.toml: what of another tool's settings changes what a fence is.
 *
 * Entangled's `style = "basic"`, or an `open` of [markers] without braces, lets
 * attributes stand bare behind the fence (```python file=x.py), and Quarto's lines
 * in any block. All else there (which files, which languages) is not read.
 */
#ifndef HEDDLE_READ_ENTANGLED_H
#define HEDDLE_READ_ENTANGLED_H

#include "heddle/base/text.h"

enum entangled_fences {
    ENTANGLED_BRACES, /* as heddle has them */
    ENTANGLED_BARE,   /* braces or none */
    ENTANGLED_OTHER   /* another sign than the backtick: they are not read */
};

/* What the settings say of fences. */
enum entangled_fences entangled_fences(struct span settings);

#endif
