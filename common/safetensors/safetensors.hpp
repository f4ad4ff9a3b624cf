#pragma once

// Everything to read and write safetensors files.

#include "safetensors/array.hpp"
#include "safetensors/document.hpp"
#include "safetensors/file.hpp"
