variable "namespace" {
  description = "The namespace, which is there already."
  type        = string
  default     = "docket"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$", var.namespace))
    error_message = "A namespace is a DNS label: lower-case letters, digits and -."
  }
}

variable "secret_name" {
  description = "The Secret with root-password, tls.crt and tls.key, which is there already."
  type        = string
  default     = "docket-dolt"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$", var.secret_name))
    error_message = "The name of a Secret has lower-case letters, digits, - and dots."
  }
}

variable "image_tag" {
  description = "The version of dolthub/dolt-sql-server; docket is tested on the default."
  type        = string
  default     = "1.84.0"
  nullable    = false

  validation {
    condition     = can(regex("^[0-9]+\\.[0-9]+\\.[0-9]+$", var.image_tag))
    error_message = "A version such as 1.84.0: a tag that moves, as latest does, upgrades by itself."
  }
}

variable "storage" {
  description = "The size of a new volume, in Gi."
  type        = number
  default     = 2
  nullable    = false

  validation {
    condition     = var.storage >= 1 && floor(var.storage) == var.storage
    error_message = "A whole number of Gi, 1 or more."
  }
}

variable "storage_limit" {
  description = "How far pvc-autoresizer may grow it, in Gi."
  type        = number
  default     = 10
  nullable    = false

  validation {
    condition     = var.storage_limit >= 1 && floor(var.storage_limit) == var.storage_limit
    error_message = "A whole number of Gi, 1 or more."
  }
}

variable "storage_class" {
  description = "The storage class; null takes the cluster's default."
  type        = string
  default     = null

  validation {
    condition     = var.storage_class == null ? true : can(regex("^[a-z0-9][a-z0-9.-]*$", var.storage_class))
    error_message = "The name of a storage class has lower-case letters, digits, - and dots."
  }
}

variable "memory_limit" {
  description = "The memory that Dolt may take, in Mi."
  type        = number
  default     = 1024
  nullable    = false

  validation {
    condition     = var.memory_limit >= 512 && floor(var.memory_limit) == var.memory_limit
    error_message = "A whole number of Mi, 512 or more."
  }
}

variable "address" {
  description = "The load balancer's IPv4 address, by MetalLB; null takes any."
  type        = string
  default     = null

  validation {
    condition     = var.address == null ? true : can(cidrhost("${var.address}/32", 0))
    error_message = "An IPv4 address such as 192.0.2.200."
  }
}

variable "sharing_key" {
  description = "The key under which several services share the address; null shares it with none."
  type        = string
  default     = null

  validation {
    condition     = var.sharing_key == null ? true : can(regex("^[\\w.-]{1,63}$", var.sharing_key))
    error_message = "A word: letters, digits, ., - and _."
  }
}

variable "allowed_ranges" {
  description = "The networks that may connect, where the load balancer can tell; empty: all."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for range in var.allowed_ranges : can(cidrnetmask(range))])
    error_message = "IPv4 networks such as 198.51.100.0/24."
  }
}
