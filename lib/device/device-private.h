/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The tables of all devices and what their functions share. */
#pragma once

#include <string.h>

#include "vy-i18n-private.h"
#include "vy-subopt.h"
#include "vy-units.h"

/* What libvirt knows of places that many devices have. */
extern const VyPlace vy_places_shared[];
/* How a character device meets the host. */
#define VY_CHARACTER_TYPES                                                               \
    "pty tcp udp unix file dev pipe null stdio vc spicevmc spiceport nmdm "              \
    "qemu-vdagent dbus"

extern const VySubopt vy_rows_address[];
gboolean vy_set_iobase (VySuboptTarget *target, const VySubopt *row, const char *path,
                        const char *value, GError **error);
extern const VySubopt vy_rows_virtio[];
extern const VySubopt vy_rows_source[];

/* "HOST:PORT" to source/@host and source/@service */
gboolean vy_set_host (VySuboptTarget *target, const VySubopt *row, const char *path,
                      const char *value, GError **error);

/* The same at places that are said */
gboolean vy_set_host_port (VySuboptTarget *target, const char *host_path,
                           const char *port_path, const char *value);

/* A device with a place in the order takes the list of kinds out of the domain. */
gboolean vy_set_boot_order (VySuboptTarget *target, const VySubopt *row, const char *path,
                            const char *value, GError **error);
/* Reads domain, bus, slot and function of a PCI address or node device name. */
gboolean vy_pci_address_parse (const char *text, guint numbers[4]);

extern const VyDevice vy_device_disk;
extern const VyDevice vy_device_network;
extern const VyDevice vy_device_graphics;
extern const VyDevice vy_device_video;
extern const VyDevice vy_device_controller;
extern const VyDevice vy_device_input;
extern const VyDevice vy_device_serial;
extern const VyDevice vy_device_parallel;
extern const VyDevice vy_device_channel;
extern const VyDevice vy_device_console;
extern const VyDevice vy_device_smartcard;
extern const VyDevice vy_device_redirdev;
extern const VyDevice vy_device_hostdev;
extern const VyDevice vy_device_filesystem;
extern const VyDevice vy_device_sound;
extern const VyDevice vy_device_audio;
extern const VyDevice vy_device_rng;
extern const VyDevice vy_device_tpm;
extern const VyDevice vy_device_watchdog;
extern const VyDevice vy_device_panic;
extern const VyDevice vy_device_memdev;
extern const VyDevice vy_device_memballoon;
extern const VyDevice vy_device_shmem;
extern const VyDevice vy_device_vsock;
extern const VyDevice vy_device_iommu;
extern const VyDevice vy_device_pstore;
extern const VyDevice vy_device_cpu;
extern const VyDevice vy_device_vcpus;
extern const VyDevice vy_device_iothreads;
extern const VyDevice vy_device_memory;
extern const VyDevice vy_device_memorybacking;
extern const VyDevice vy_device_memtune;
extern const VyDevice vy_device_numatune;
extern const VyDevice vy_device_cputune;
extern const VyDevice vy_device_blkiotune;
extern const VyDevice vy_device_boot;
extern const VyDevice vy_device_idmap;
extern const VyDevice vy_device_seclabel;
extern const VyDevice vy_device_keywrap;
extern const VyDevice vy_device_launchsecurity;
extern const VyDevice vy_device_features;
extern const VyDevice vy_device_clock;
extern const VyDevice vy_device_pm;
extern const VyDevice vy_device_metadata;
extern const VyDevice vy_device_xml;
extern const VyDevice vy_device_events;
extern const VyDevice vy_device_resource;
extern const VyDevice vy_device_sysinfo;
extern const VyDevice vy_device_qemu_commandline;
