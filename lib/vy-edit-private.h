/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What devices that were added need beside their XML. */
#pragma once

#include <libxml/tree.h>

/* Frees what is known of new volumes for a document's disks. */
void vy_edit_forget (xmlDoc *doc);
