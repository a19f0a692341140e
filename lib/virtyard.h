/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* libvirtyard: the one header that a user of the library includes. */
#pragma once

#include "vy-domcaps.h"
#include "vy-error.h"
#include "vy-guest.h"
#include "vy-host.h"
#include "vy-hostcheck.h"
#include "vy-hostprepare.h"
#include "vy-hosttune.h"
#include "vy-image.h"
#include "vy-network-words.h"
#include "vy-network.h"
#include "vy-plan.h"
#include "vy-pool.h"
#include "vy-process.h"
#include "vy-subnet.h"
#include "vy-subopt.h"
#include "vy-units.h"
#include "vy-volume.h"
#include "vy-xml.h"
