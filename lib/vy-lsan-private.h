/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Calls of other libraries that lose memory: between these LeakSanitizer does not count.
 */
#pragma once

/* GCC says it with a macro, clang with a feature */
#ifdef __has_feature
#if __has_feature(address_sanitizer) && !defined(__SANITIZE_ADDRESS__)
#define __SANITIZE_ADDRESS__ 1
#endif
#endif

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/lsan_interface.h>
#else
#define __lsan_disable()
#define __lsan_enable()
#endif
