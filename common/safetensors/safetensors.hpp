#pragma once

// All of the reader and writer of safetensors files.

#include "safetensors/array.hpp"
#include "safetensors/document.hpp"
#include "safetensors/file.hpp"
