/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The table of step kinds that another process can undo. */
#include "vy-plan-kinds-private.h"

#include <string.h>

#include "vy-clone-private.h"
#include "vy-definition-private.h"
#include "vy-hostbridge-private.h"
#include "vy-hostprepare-private.h"
#include "vy-hoststeps-private.h"
#include "vy-image-private.h"
#include "vy-install-private.h"
#include "vy-network-steps-private.h"
#include "vy-volume-steps-private.h"

static const VyKnownKind known[] = {
    { &vy_step_default_network, VY_UNDO_PREPARE },
    { &vy_step_default_pool, VY_UNDO_PREPARE },
    { &vy_step_setting_write, VY_UNDO_ALONE },
    { &vy_step_text_replace, VY_UNDO_ALONE },
    { &vy_step_command, VY_UNDO_ALONE },
    { &vy_step_host_command, VY_UNDO_ALONE },
    { &vy_step_connectivity_check, VY_UNDO_ALONE },
    { &vy_step_network_define, VY_UNDO_CONN },
    { &vy_step_network_start, VY_UNDO_CONN },
    { &vy_step_network_autostart, VY_UNDO_CONN },
    { &vy_step_network_stop, VY_UNDO_CONN },
    { &vy_step_network_undefine, VY_UNDO_CONN },
    { &vy_step_volume_create, VY_UNDO_CONN },
    { &vy_step_volume_clone, VY_UNDO_CONN },
    { &vy_step_volume_delete, VY_UNDO_CONN },
    { &vy_step_volume_upload, VY_UNDO_CONN },
    { &vy_step_volume_resize, VY_UNDO_CONN },
    { &vy_step_directory_make, VY_UNDO_ALONE },
    { &vy_step_image_create, VY_UNDO_MAYBE },
    { &vy_step_image_reflink, VY_UNDO_MAYBE },
    { &vy_step_image_resize, VY_UNDO_ALONE },
    { &vy_step_block_resize, VY_UNDO_ALONE },
    { &vy_step_image_aside, VY_UNDO_ALONE },
    { &vy_step_image_remove, VY_UNDO_ALONE },
    { &vy_step_boot_file, VY_UNDO_ALONE },
    { &vy_step_seed_write, VY_UNDO_ALONE },
    { &vy_step_answers_write, VY_UNDO_ALONE },
    { &vy_step_boot_file_remove, VY_UNDO_ALONE },
    { &vy_step_domain_define, VY_UNDO_CONN },
    { &vy_step_domain_create, VY_UNDO_CONN },
    { &vy_step_domain_replace, VY_UNDO_CONN },
    { &vy_step_domain_redefine, VY_UNDO_CONN },
    { &vy_step_device_attach, VY_UNDO_CONN },
    { &vy_step_device_detach, VY_UNDO_CONN },
    { &vy_step_device_update, VY_UNDO_CONN },
    { &vy_step_domain_start, VY_UNDO_CONN },
    { &vy_step_block_fill, VY_UNDO_ALONE },
};

const VyKnownKind *
vy_plan_kinds_find (const char *name)
{
    for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
        if (strcmp (known[i].kind->name, name) == 0)
            return &known[i];
    return NULL;
}
