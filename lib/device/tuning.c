/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* NUMA, CPU and block I/O tuning. */
#include "device-private.h"

static const VySubopt numatune_rows[] = {
    { "memory.nodeset", "numatune/memory/@nodeset", VY_STRING, .alias = "nodeset",
      .flags = VY_COMMAS },
    { "memory.mode", "numatune/memory/@mode", VY_STRING, .alias = "mode" },
    { "memory.placement", "numatune/memory/@placement", VY_STRING },
    { "memnode%.cellid", "numatune/memnode%/@cellid", VY_INT, .flags = VY_COMMAS },
    { "memnode%.mode", "numatune/memnode%/@mode", VY_STRING },
    { "memnode%.nodeset", "numatune/memnode%/@nodeset", VY_STRING, .flags = VY_COMMAS },
    { 0 },
};

static const VyPlace numatune_places[] = {
    { "numatune", "0.9.3" },
    { "numatune/memory/@mode", NULL, "strict preferred interleave restrictive" },
    { "numatune/memory/@placement", "0.9.12", "static auto" },
    { "numatune/memnode%", "1.2.7" },
    { "numatune/memnode%/@mode", NULL, "strict preferred interleave restrictive" },
    { 0 },
};

static const VySubopt *const numatune_tables[] = { numatune_rows, NULL };

const VyDevice vy_device_numatune = {
    .option = "numatune",
    .help = N_ ("NUMA policy"),
    .element = "",
    .clear = "numatune",
    .positional = "memory.nodeset",
    .rows = numatune_tables,
    .places = numatune_places,
};

static const VySubopt cputune_rows[] = {
    { "shares", "cputune/shares", VY_INT },
    { "period", "cputune/period", VY_INT },
    { "quota", "cputune/quota", VY_INT },
    { "global_period", "cputune/global_period", VY_INT },
    { "global_quota", "cputune/global_quota", VY_INT },
    { "emulator_period", "cputune/emulator_period", VY_INT },
    { "emulator_quota", "cputune/emulator_quota", VY_INT },
    { "iothread_period", "cputune/iothread_period", VY_INT },
    { "iothread_quota", "cputune/iothread_quota", VY_INT },
    { "vcpupin%.vcpu", "cputune/vcpupin%/@vcpu", VY_INT },
    { "vcpupin%.cpuset", "cputune/vcpupin%/@cpuset", VY_STRING, .flags = VY_COMMAS },
    { "emulatorpin.cpuset", "cputune/emulatorpin/@cpuset", VY_STRING,
      .flags = VY_COMMAS },
    { "iothreadpin%.iothread", "cputune/iothreadpin%/@iothread", VY_INT },
    { "iothreadpin%.cpuset", "cputune/iothreadpin%/@cpuset", VY_STRING,
      .flags = VY_COMMAS },
    { "emulatorsched.scheduler", "cputune/emulatorsched/@scheduler", VY_STRING },
    { "emulatorsched.priority", "cputune/emulatorsched/@priority", VY_INT },
    { "vcpusched%.vcpus", "cputune/vcpusched%/@vcpus", VY_STRING, .flags = VY_COMMAS },
    { "vcpusched%.scheduler", "cputune/vcpusched%/@scheduler", VY_STRING },
    { "vcpusched%.priority", "cputune/vcpusched%/@priority", VY_INT },
    { "iothreadsched%.iothreads", "cputune/iothreadsched%/@iothreads", VY_STRING,
      .flags = VY_COMMAS },
    { "iothreadsched%.scheduler", "cputune/iothreadsched%/@scheduler", VY_STRING },
    { "iothreadsched%.priority", "cputune/iothreadsched%/@priority", VY_INT },
    { "cachetune%.vcpus", "cputune/cachetune%/@vcpus", VY_STRING, .flags = VY_COMMAS },
    { "cachetune%.cache%.id", "cputune/cachetune%/cache%/@id", VY_INT },
    { "cachetune%.cache%.level", "cputune/cachetune%/cache%/@level", VY_INT },
    { "cachetune%.cache%.type", "cputune/cachetune%/cache%/@type", VY_STRING },
    { "cachetune%.cache%.size", "cputune/cachetune%/cache%/@size", VY_INT },
    { "cachetune%.cache%.unit", "cputune/cachetune%/cache%/@unit", VY_STRING },
    { "cachetune%.monitor%.level", "cputune/cachetune%/monitor%/@level", VY_INT },
    { "cachetune%.monitor%.vcpus", "cputune/cachetune%/monitor%/@vcpus", VY_STRING,
      .flags = VY_COMMAS },
    { "memorytune%.vcpus", "cputune/memorytune%/@vcpus", VY_STRING, .flags = VY_COMMAS },
    { "memorytune%.node%.id", "cputune/memorytune%/node%/@id", VY_INT },
    { "memorytune%.node%.bandwidth", "cputune/memorytune%/node%/@bandwidth", VY_INT },
    { 0 },
};

static const VyPlace cputune_places[] = {
    { "cputune", "0.9.0" },
    { "cputune/period", "0.9.4" },
    { "cputune/quota", "0.9.4" },
    { "cputune/global_period", "1.3.3" },
    { "cputune/global_quota", "1.3.3" },
    { "cputune/emulator_period", "0.10.0" },
    { "cputune/emulator_quota", "0.10.0" },
    { "cputune/iothread_period", "2.1.0" },
    { "cputune/iothread_quota", "2.1.0" },
    { "cputune/emulatorpin", "0.10.0" },
    { "cputune/iothreadpin%", "1.2.9" },
    { "cputune/emulatorsched", "5.3.0" },
    { "cputune/emulatorsched/@scheduler", NULL, "fifo rr batch idle" },
    { "cputune/vcpusched%", "1.2.13" },
    { "cputune/vcpusched%/@scheduler", NULL, "fifo rr batch idle" },
    { "cputune/iothreadsched%", "1.2.13" },
    { "cputune/iothreadsched%/@scheduler", NULL, "fifo rr batch idle" },
    { "cputune/cachetune%", "4.1.0" },
    { "cputune/cachetune%/cache%/@type", NULL, "both code data" },
    { "cputune/cachetune%/monitor%", "4.10.0" },
    { "cputune/memorytune%", "4.7.0" },
    { 0 },
};

static const VySubopt *const cputune_tables[] = { cputune_rows, NULL };

const VyDevice vy_device_cputune = {
    .option = "cputune",
    .help = N_ ("CPU limits and pinning"),
    .element = "",
    .clear = "cputune",
    .rows = cputune_tables,
    .places = cputune_places,
};

static const VySubopt blkiotune_rows[] = {
    { "weight", "blkiotune/weight", VY_INT },
    { "device%.path", "blkiotune/device%/path", VY_STRING, .alias = "device_path" },
    { "device%.weight", "blkiotune/device%/weight", VY_STRING, .alias = "device_weight" },
    { "device%.read_bytes_sec", "blkiotune/device%/read_bytes_sec", VY_INT,
      .alias = "read_bytes_sec" },
    { "device%.write_bytes_sec", "blkiotune/device%/write_bytes_sec", VY_INT,
      .alias = "write_bytes_sec" },
    { "device%.read_iops_sec", "blkiotune/device%/read_iops_sec", VY_INT,
      .alias = "read_iops_sec" },
    { "device%.write_iops_sec", "blkiotune/device%/write_iops_sec", VY_INT,
      .alias = "write_iops_sec" },
    { 0 },
};

static const VyPlace blkiotune_places[] = {
    { "blkiotune", "0.8.8" },
    { "blkiotune/device%", "0.9.8" },
    { "blkiotune/device%/read_bytes_sec", "1.2.2" },
    { "blkiotune/device%/write_bytes_sec", "1.2.2" },
    { "blkiotune/device%/read_iops_sec", "1.2.2" },
    { "blkiotune/device%/write_iops_sec", "1.2.2" },
    { 0 },
};

static const VySubopt *const blkiotune_tables[] = { blkiotune_rows, NULL };

const VyDevice vy_device_blkiotune = {
    .option = "blkiotune",
    .help = N_ ("block I/O limits"),
    .element = "",
    .clear = "blkiotune",
    .positional = "weight",
    .rows = blkiotune_tables,
    .places = blkiotune_places,
};
