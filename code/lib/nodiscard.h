/* Written by heddle tangle from chapters/86-library.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
/*
 * nodiscard - NODISCARD before a function: a caller that drops what it returns
 * is warned. C23 spells it [[nodiscard]].
 */
#ifndef NODISCARD

#if defined(__GNUC__)
#define NODISCARD __attribute__((warn_unused_result))
#else
#define NODISCARD
#endif

#endif
